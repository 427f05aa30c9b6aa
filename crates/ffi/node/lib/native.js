"use strict";

// The addon for this machine. It is loaded by its whole path, so that no bundler takes it for a module of its own.

const { existsSync } = require("node:fs");
const { join } = require("node:path");

const platform = `${process.platform}-${process.arch}`;
const path = join(__dirname, "..", "prebuilds", platform, "envctl.node");

/** @returns {typeof import("./native")} the functions of the addon */
function load() {
  if (!existsSync(path)) {
    throw new Error(
      `envctl has no addon for ${platform} at ${path}\n` +
        "help: in a bundle, leave the package out (Next.js: `serverExternalPackages: [\"envctl\"]`, " +
        "Vite: `ssr.external`); otherwise build it with `npm run build` in crates/ffi/node",
    );
  }
  const module = { exports: {} };
  process.dlopen(module, path);
  return module.exports;
}

module.exports = load();
