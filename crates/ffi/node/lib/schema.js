"use strict";

const native = require("./native.js");
const { EnvError, EnvctlError } = require("./errors.js");
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

/** The text of what was exported; what cannot be is thrown. */
function exported(contract, environment, { text, findings }) {
  if (text === null) {
    throw new EnvError({ contract, environment, findings });
  }
  return text;
}

const exportOptions = ({ dialect, typed, object, arn, allowInvalid }) =>
  ({ dialect, typed, object, arn, allow_invalid: allowInvalid });

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

  static fromText(text, { name = "envschema.toml" } = {}) {
    return new Schema(opened(native.openText(name, text)));
  }

  get name() {
    return this.#described().contract;
  }

  describe({ environment, profile } = {}) {
    return call(this.#contract, "describe", { environment, profile });
  }

  validate(env = process.env, options = {}) {
    return call(this.#contract, "validate", this.#judged({ ...options, env }));
  }

  validateAsync(env = process.env, options = {}) {
    return callAsync(this.#contract, "validate", this.#judged({ ...options, env }));
  }

  resolve(options = {}) {
    return call(this.#contract, "resolve", this.#judged(options));
  }

  resolveAsync(options = {}) {
    return callAsync(this.#contract, "resolve", this.#judged(options));
  }

  load(options = {}) {
    return loaded(this.resolve(withOwnFile(options)));
  }

  async loadAsync(options = {}) {
    return loaded(await this.resolveAsync(withOwnFile(options)));
  }

  explain(name, options = {}) {
    return call(this.#contract, "explain", { name, input: this.#input(options) });
  }

  explainAsync(name, options = {}) {
    return callAsync(this.#contract, "explain", { name, input: this.#input(options) });
  }

  exportAs(format, options = {}) {
    const result = call(this.#contract, "export", this.#exported(format, options));
    return exported(this.name, options.environment, result);
  }

  async exportAsAsync(format, options = {}) {
    const result = await callAsync(this.#contract, "export", this.#exported(format, options));
    return exported(this.name, options.environment, result);
  }

  generateSecret(variable) {
    return call(this.#contract, "generate", { variable }).value;
  }

  async generateSecretAsync(variable) {
    return (await callAsync(this.#contract, "generate", { variable })).value;
  }

  lint(file, { readers } = {}) {
    return call(this.#contract, "lint", { file: source(file), readers });
  }

  lintAsync(file, { readers } = {}) {
    return callAsync(this.#contract, "lint", { file: source(file), readers });
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
    const { dialect, ...given } = options;
    return { format, ...exportOptions(options), input: this.#input(given) };
  }
}

function load({ schema = process.env.ENVCTL_SCHEMA ?? "envschema.toml", ...options } = {}) {
  const environment = options.environment ?? (process.env.ENVCTL_ENVIRONMENT || undefined);
  return Schema.fromFile(schema).load({ ...options, environment });
}

async function loadAsync({ schema = process.env.ENVCTL_SCHEMA ?? "envschema.toml", ...options } = {}) {
  const environment = options.environment ?? (process.env.ENVCTL_ENVIRONMENT || undefined);
  return (await Schema.fromFileAsync(schema)).loadAsync({ ...options, environment });
}

function generateSecret(form, { prefix } = {}) {
  return call(null, "generate", { form, prefix }).value;
}

async function generateSecretAsync(form, { prefix } = {}) {
  return (await callAsync(null, "generate", { form, prefix })).value;
}

function lint(file, { readers } = {}) {
  return call(null, "lint", { file: source(file), readers });
}

module.exports = { Schema, generateSecret, generateSecretAsync, lint, load, loadAsync };
