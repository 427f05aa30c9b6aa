"use strict";

const native = require("./native.js");
const { EnvError, EnvctlError } = require("./errors.js");
const { mistake, optionsOf, partOf } = require("./options.js");
const { input, ofProcess, picked, source, withOwnFile } = require("./requests.js");
const { typedObject } = require("./typed.js");

const VERSION = 1;

/** The result in an envelope; an error in it is thrown. */
function resultOf(answer) {
  const { ok, result, error } = JSON.parse(answer);
  if (!ok) {
    throw new EnvctlError(error);
  }
  return result;
}

function request(operation, asked) {
  return JSON.stringify({ version: VERSION, call: { [operation]: asked } });
}

function call(contract, operation, asked) {
  return resultOf(native.call(contract, request(operation, asked)));
}

async function callAsync(contract, operation, asked) {
  return resultOf(await native.callAsync(contract, request(operation, asked)));
}

/** The contract that was opened, or what is wrong with it. */
function opened(contract) {
  return typeof contract === "string" ? resultOf(contract) : contract;
}

/** The typed object of what was resolved; what is not valid is thrown. */
function loaded(answer) {
  const resolved = resultOf(answer);
  if (!resolved.valid) {
    throw new EnvError(resolved);
  }
  return typedObject(resolved, answer);
}

/** The text of what was exported, with the masks if they are asked for; what cannot be is thrown. */
function exported(contract, { environment, masks: wanted }, { text, masks, findings }) {
  if (text === null) {
    throw new EnvError({ contract, environment, findings });
  }
  return wanted ? { text, masks } : text;
}

const described = (options) => {
  const { environment, profile } = optionsOf("describe", options);
  return { environment, profile };
};

const ofForm = (form, options) => ({ form, prefix: optionsOf("generateSecret", options).prefix });

const ofFile = (file, options) => ({ file: source(file), readers: optionsOf("lint", options).readers });

/** What is judged. */
const judged = (options) => ({ input: input(options), complete: options.complete });

const ofEnv = (env, options) => judged({ ...optionsOf("validate", options), env });

const ofVariable = (name, options) => ({ name, input: input(optionsOf("explain", options)) });

function ofFormat(format, options) {
  const { dialect, update, typed, object, arn, allowInvalid, masks, ...given } = optionsOf("exportAs", options);
  if (masks && format !== "github") {
    throw mistake("`masks` belongs to another format", "masks are for `github`");
  }
  return {
    format,
    dialect,
    update: update === undefined ? undefined : source(update),
    typed,
    object: object === undefined ? undefined : partOf("object", object),
    arn,
    allow_invalid: allowInvalid,
    input: input(given),
  };
}

const knownOf = ({ contract, variables }) => ({ name: contract, names: variables.map(({ name }) => name) });

class Schema {
  #contract;
  /** The contract's name and those of its variables, once they are needed. */
  #known;

  constructor(contract) {
    this.#contract = contract;
  }

  static fromFile(path) {
    return new this(opened(native.openPath(path)));
  }

  static async fromFileAsync(path) {
    return new this(opened(await native.openPathAsync(path)));
  }

  static fromText(text, options = {}) {
    const { name = "envschema.toml" } = optionsOf("fromText", options);
    return new this(opened(native.openText(name, text)));
  }

  get name() {
    return this.#described().name;
  }

  describe(options = {}) {
    return call(this.#contract, "describe", described(options));
  }

  validate(env = process.env, options = {}) {
    return this.#ask("validate", ofEnv(env, options));
  }

  async validateAsync(env = process.env, options = {}) {
    return this.#askAsync("validate", ofEnv(env, options));
  }

  resolve(options = {}) {
    return this.#ask("resolve", judged(optionsOf("resolve", options)));
  }

  async resolveAsync(options = {}) {
    return this.#askAsync("resolve", judged(optionsOf("resolve", options)));
  }

  load(options = {}) {
    return loaded(this.#answer("resolve", judged(withOwnFile(optionsOf("load", options)))));
  }

  async loadAsync(options = {}) {
    return loaded(await this.#answerAsync("resolve", judged(withOwnFile(optionsOf("load", options)))));
  }

  explain(name, options = {}) {
    return this.#ask("explain", ofVariable(name, options));
  }

  async explainAsync(name, options = {}) {
    return this.#askAsync("explain", ofVariable(name, options));
  }

  exportAs(format, options = {}) {
    const result = this.#ask("export", ofFormat(format, options));
    return exported(this.name, options, result);
  }

  async exportAsAsync(format, options = {}) {
    const result = await this.#askAsync("export", ofFormat(format, options));
    return exported(this.name, options, result);
  }

  generateSecret(variable) {
    return call(this.#contract, "generate", { variable }).value;
  }

  async generateSecretAsync(variable) {
    return (await callAsync(this.#contract, "generate", { variable })).value;
  }

  lint(file, options = {}) {
    return call(this.#contract, "lint", ofFile(file, options));
  }

  async lintAsync(file, options = {}) {
    return callAsync(this.#contract, "lint", ofFile(file, options));
  }

  /** Whether it was open. It is closed by itself when it is garbage. */
  close() {
    return native.close(this.#contract);
  }

  #described() {
    this.#known ??= knownOf(call(this.#contract, "describe", {}));
    return this.#known;
  }

  #ask(operation, asked) {
    return resultOf(this.#answer(operation, asked));
  }

  async #askAsync(operation, asked) {
    return resultOf(await this.#answerAsync(operation, asked));
  }

  #answer(operation, { input, ...asked }) {
    const whole = { ...asked, input: picked(this.#described().names, input) };
    return native.call(this.#contract, request(operation, whole));
  }

  /** The same, with nothing of the engine on the main thread. */
  async #answerAsync(operation, { input, ...asked }) {
    let { env } = input;
    if (!this.#known) {
      // What counts is the environment as it is when this is called.
      env = { ...env };
      this.#known = knownOf(await callAsync(this.#contract, "describe", {}));
    }
    const whole = { ...asked, input: picked(this.#known.names, { ...input, env }) };
    return native.callAsync(this.#contract, request(operation, whole));
  }
}

/** Which contract is loaded, and how: what is not given is what the process says. */
function whatToLoad(options) {
  const { schema, ...given } = optionsOf("load", options, ["schema"]);
  const said = ofProcess();
  return { schema: schema ?? said.schema, given: { ...given, environment: given.environment ?? said.environment } };
}

function load(options = {}) {
  const { schema, given } = whatToLoad(options);
  return Schema.fromFile(schema).load(given);
}

async function loadAsync(options = {}) {
  const { schema, given } = whatToLoad(options);
  return (await Schema.fromFileAsync(schema)).loadAsync(given);
}

function generateSecret(form, options = {}) {
  return call(null, "generate", ofForm(form, options)).value;
}

async function generateSecretAsync(form, options = {}) {
  return (await callAsync(null, "generate", ofForm(form, options))).value;
}

function lint(file, options = {}) {
  return call(null, "lint", ofFile(file, options));
}

async function lintAsync(file, options = {}) {
  return callAsync(null, "lint", ofFile(file, options));
}

module.exports = { Schema, generateSecret, generateSecretAsync, lint, lintAsync, load, loadAsync };
