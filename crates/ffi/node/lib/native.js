"use strict";

// The addon for this machine. It is loaded by its whole path, so that no bundler takes it for a module of its own.

const { existsSync } = require("node:fs");
const { join } = require("node:path");

const { EnvctlError } = require("./errors.js");
const { platform } = require("./platform.js");

/** @returns {typeof import("./native")} the functions of the addon */
function load() {
  const system = platform();
  const path = join(__dirname, "..", "prebuilds", system, "envctl.node");
  if (!existsSync(path)) {
    throw new EnvctlError({
      code: "addon",
      message: `envctl has no addon for ${system} at ${path}`,
      help:
        "in a bundle, leave the package out (Next.js: `serverExternalPackages: [\"envctl\"]`, Vite: `ssr.external`); " +
        "otherwise build it with `npm run build` in crates/ffi/node",
    });
  }
  const module = { exports: {} };
  try {
    process.dlopen(module, path);
  } catch (error) {
    throw new EnvctlError({
      code: "addon",
      message: `envctl cannot load its addon for ${system}: ${error.message}`,
      help: "on a system older than the README names, build it there with `npm run build` in crates/ffi/node",
    });
  }
  return module.exports;
}

module.exports = load();
