"use strict";

const { EnvError, EnvctlError } = require("./errors.js");
const { Schema, generateSecret, generateSecretAsync, lint, lintAsync, load, loadAsync } = require("./schema.js");
const { Secret } = require("./secret.js");

module.exports = {
  EnvError, EnvctlError, Schema, Secret, generateSecret, generateSecretAsync, lint, lintAsync, load, loadAsync,
};
