// Builds the addon for this machine: the library of Rust, optimized as one and able to unwind, and the shim of C around
// it. Needs cargo and a C compiler; nothing of it is needed where the built package is installed.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { licences } from "./licences.mjs";

const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const root = resolve(here, "../../..");
const run = (program, args, env = {}) =>
  execFileSync(program, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });

if (process.platform === "win32") {
  throw new Error("building on Windows is not set up: build on Linux or macOS");
}

const crate = ["--quiet", "-p", "envctl-ffi", "--lib", "--profile", "ffi", "--crate-type", "cdylib,staticlib"];
const flags = [...(process.env.RUSTFLAGS ?? "").split(" ").filter(Boolean), ...withoutPaths()];
run("cargo", ["rustc", ...crate], { CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") });

/** Places in messages and panics tell where the source was built, which is nobody's business. */
function withoutPaths() {
  const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const sysroot = execFileSync(process.env.RUSTC ?? "rustc", ["--print", "sysroot"], { cwd: root, encoding: "utf8" }).trim();
  return Object.entries({ [cargo]: "cargo", [sysroot]: "rust", [root]: "envctl" })
    .map(([path, name]) => `--remap-path-prefix=${path}=/${name}`);
}

const require = createRequire(import.meta.url);
const { platform } = require("../lib/platform.js");
const folder = join(here, "prebuilds", platform());
mkdirSync(folder, { recursive: true });
const headers = require("node-api-headers").include_dir;
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const system = process.platform === "darwin"
  ? ["-bundle", "-undefined", "dynamic_lookup"]
  : ["-shared", "-Wl,--exclude-libs,ALL", "-Wl,--gc-sections", "-s", "-lpthread", "-ldl", "-lm"];
run(process.env.CC ?? "cc", [
  "-std=c11", "-O2", "-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror",
  `-I${headers}`, `-I${join(root, "crates/ffi/include")}`,
  join(here, "native/addon.c"), join(target, "ffi/libenvctl_ffi.a"),
  "-o", join(folder, "envctl.node"), ...system,
]);

licences(root, here);
