"use strict";

const native = require("./native.js");
const { EnvError, EnvctlError } = require("./errors.js");
const { mistake, optionsOf, partOf } = require("./options.js");
const { input, source, withOwnFile } = require("./requests.js");
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
function loaded(resolved) {
  if (!resolved.valid) {
    throw new EnvError(resolved);
  }
  return typedObject(resolved);
}

/** The text of what was exported, with the masks if they are asked for; what cannot be is thrown. */
function exported(contract, { environment, masks: wanted }, { text, masks, findings }) {
  if (text === null) {
    throw new EnvError({ contract, environment, findings });
  }
  return wanted ? { text, masks } : text;
}

const exportOptions = ({ dialect, update, typed, object, arn, allowInvalid }) => ({
  dialect,
  update: update === undefined ? undefined : source(update),
  typed,
  object: object === undefined ? undefined : partOf("object", object),
  arn,
  allow_invalid: allowInvalid,
});

const described = (options) => {
  const { environment, profile } = optionsOf("describe", options);
  return { environment, profile };
};

const ofForm = (form, options) => ({ form, prefix: optionsOf("generateSecret", options).prefix });

const ofFile = (file, options) => ({ file: source(file), readers: optionsOf("lint", options).readers });

class Schema {
  #contract;
  #description;

  constructor(contract) {
    this.#contract = contract;
  }

  static fromFile(path) {
    return new Schema(opened(native.openPath(path)));
  }

  static async fromFileAsync(path) {
    return new Schema(opened(await native.openPathAsync(path)));
  }

  static fromText(text, options = {}) {
    const { name = "envschema.toml" } = optionsOf("fromText", options);
    return new Schema(opened(native.openText(name, text)));
  }

  get name() {
    return this.#described().contract;
  }

  describe(options = {}) {
    return call(this.#contract, "describe", described(options));
  }

  validate(env = process.env, options = {}) {
    return call(this.#contract, "validate", this.#judged({ ...optionsOf("validate", options), env }));
  }

  validateAsync(env = process.env, options = {}) {
    return callAsync(this.#contract, "validate", this.#judged({ ...optionsOf("validate", options), env }));
  }

  resolve(options = {}) {
    return call(this.#contract, "resolve", this.#judged(optionsOf("resolve", options)));
  }

  resolveAsync(options = {}) {
    return callAsync(this.#contract, "resolve", this.#judged(optionsOf("resolve", options)));
  }

  load(options = {}) {
    return loaded(this.resolve(withOwnFile(optionsOf("load", options))));
  }

  async loadAsync(options = {}) {
    return loaded(await this.resolveAsync(withOwnFile(optionsOf("load", options))));
  }

  explain(name, options = {}) {
    return call(this.#contract, "explain", { name, input: this.#input(optionsOf("explain", options)) });
  }

  explainAsync(name, options = {}) {
    return callAsync(this.#contract, "explain", { name, input: this.#input(optionsOf("explain", options)) });
  }

  exportAs(format, options = {}) {
    const result = call(this.#contract, "export", this.#exported(format, options));
    return exported(this.name, options, result);
  }

  async exportAsAsync(format, options = {}) {
    const result = await callAsync(this.#contract, "export", this.#exported(format, options));
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

  lintAsync(file, options = {}) {
    return callAsync(this.#contract, "lint", ofFile(file, options));
  }

  /** Whether it was open. It is closed by itself when it is garbage. */
  close() {
    return native.close(this.#contract);
  }

  #described() {
    this.#description ??= this.describe();
    return this.#description;
  }

  #input(options) {
    const names = this.#described().variables.map(({ name }) => name);
    return input(names, options);
  }

  #judged(options) {
    return { input: this.#input(options), complete: options.complete };
  }

  #exported(format, options) {
    const { dialect, ...given } = optionsOf("exportAs", options);
    if (given.masks && format !== "github") {
      throw mistake("`masks` belongs to another format", "masks are for `github`");
    }
    return { format, ...exportOptions(options), input: this.#input(given) };
  }
}

/** Which contract is loaded, and how: what is not given is what the process says. */
function whatToLoad(options) {
  const { schema = process.env.ENVCTL_SCHEMA ?? "envschema.toml", ...given } = optionsOf("load", options, ["schema"]);
  return { schema, given: { ...given, environment: given.environment ?? (process.env.ENVCTL_ENVIRONMENT || undefined) } };
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

module.exports = { Schema, generateSecret, generateSecretAsync, lint, load, loadAsync };
