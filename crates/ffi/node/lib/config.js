"use strict";

// `import "envctl/config"`: judges the environment and puts what is missing into `process.env`, as `dotenv/config` does.
// What is there already stays; an empty variable counts as one that is missing.

const { EnvError } = require("./errors.js");
const { ofProcess, withOwnFile } = require("./requests.js");
const { Schema } = require("./schema.js");

const { schema, environment } = ofProcess();
const resolved = Schema.fromFile(schema).resolve(withOwnFile({ environment }));
if (!resolved.valid) {
  throw new EnvError(resolved);
}
for (const [name, text] of Object.entries(resolved.values)) {
  // Not by what `process.env` has: an empty variable counts as absent, and its value comes from elsewhere.
  if (resolved.provenance[name].layer !== "process") {
    process.env[name] = text;
  }
}
