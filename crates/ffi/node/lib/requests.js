"use strict";

// From what a caller writes to what the engine reads: `schema/json/ffi.schema.json` of the repository describes it.

/** A file by its path, or the text in its place. */
function source(given, optional = false) {
  if (typeof given === "string") {
    return { path: given, optional };
  }
  if (given !== null && typeof given === "object" && "json" in given) {
    return { name: given.name ?? "outputs", text: JSON.stringify(given.json) };
  }
  return given;
}

/** The texts of an environment that the contract names; of a whole `process.env` the rest is nobody's business. */
function picked(names, env) {
  const texts = {};
  for (const name of names) {
    const text = env[name];
    if (text !== undefined && text !== null) {
      texts[name] = String(text);
    }
  }
  return texts;
}

/** What is resolved, and from what. */
function input(names, options) {
  const { env = process.env, files = [], example, outputs, environment, profile, set, dialect, facts, generate } = options;
  return {
    env: picked(names, env),
    files: files.map((file) => source(file)),
    example: example === undefined ? undefined : source(example),
    outputs: outputs === undefined ? undefined : source(outputs),
    environment,
    profile,
    set,
    dialect,
    facts,
    generate,
  };
}

/** What `load` reads when no files are named: `.env.NAME` of the environment, or `.env`, if it is there. */
function withOwnFile(options) {
  const { environment, files = [source(environment ? `.env.${environment}` : ".env", true)] } = options;
  return { ...options, files };
}

module.exports = { input, source, withOwnFile };
