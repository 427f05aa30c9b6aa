"use strict";

// From what a caller writes to what the engine reads: `schema/json/ffi.schema.json` of the repository describes it.

const { partOf } = require("./options.js");

/** A file by its path, or the text in its place. */
function source(given, optional = false) {
  return typeof given === "string" ? { path: given, optional } : partOf("source", given);
}

/** What a stack put out: a file, or what was read of one. */
function outputsOf(given) {
  if (typeof given === "string" || !("json" in partOf("outputs", given))) {
    return source(given);
  }
  const { json, name = "outputs" } = partOf("json", given);
  return { name, text: JSON.stringify(json) };
}

/** An input with those texts of its environment that the contract names; the rest of a `process.env` is nobody's business. */
function picked(names, input) {
  // A variable may be called `constructor` or `__proto__`, which every object has from its prototype.
  const env = Object.create(null);
  for (const name of names) {
    const text = input.env[name];
    if (text !== undefined && text !== null && Object.hasOwn(input.env, name)) {
      env[name] = String(text);
    }
  }
  return { ...input, env };
}

/** What is resolved, and from what; the environment is whole. */
function input(options) {
  const { env = process.env, files = [], example, outputs, environment, profile, set, dialect, facts, generate } = options;
  return {
    env,
    files: files.map((file) => source(file)),
    example: example === undefined ? undefined : source(example),
    outputs: outputs === undefined ? undefined : outputsOf(outputs),
    environment,
    profile,
    set,
    dialect,
    facts: facts === undefined ? undefined : partOf("facts", facts),
    generate,
  };
}

/** What the process says for `load`; a variable that is empty says nothing. */
function ofProcess() {
  const { ENVCTL_SCHEMA, ENVCTL_ENVIRONMENT } = process.env;
  return { schema: ENVCTL_SCHEMA || "envschema.toml", environment: ENVCTL_ENVIRONMENT || undefined };
}

/** What `load` reads when no files are named: `.env.NAME` of the environment, or `.env`, if it is there. */
function withOwnFile(options) {
  const { environment, files = [source(environment ? `.env.${environment}` : ".env", true)] } = options;
  return { ...options, files };
}

module.exports = { input, ofProcess, picked, source, withOwnFile };
