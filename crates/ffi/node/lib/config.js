"use strict";

// `import "envctl/config"`: judges the environment and puts what is missing into `process.env`, as `dotenv/config` does.
// What is there already stays; an empty variable counts as one that is missing.

const { EnvError } = require("./errors.js");
const { withOwnFile } = require("./requests.js");
const { Schema } = require("./schema.js");

const schema = Schema.fromFile(process.env.ENVCTL_SCHEMA ?? "envschema.toml");
const resolved = schema.resolve(withOwnFile({ environment: process.env.ENVCTL_ENVIRONMENT || undefined }));
if (!resolved.valid) {
  throw new EnvError(resolved);
}
for (const [name, text] of Object.entries(resolved.values)) {
  // Not by what `process.env` has: an empty variable counts as absent, and its value comes from elsewhere.
  if (resolved.provenance[name].layer !== "process") {
    process.env[name] = text;
  }
}
