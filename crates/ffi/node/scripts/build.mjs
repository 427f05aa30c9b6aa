// Builds the addon for this machine: the library of Rust, optimized as one and able to unwind, and the shim of C around
// it. Needs cargo and a C compiler; nothing of it is needed where the built package is installed.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const root = resolve(here, "../../..");
const run = (program, args) => execFileSync(program, args, { cwd: root, stdio: "inherit" });

if (process.platform === "win32") {
  throw new Error("building on Windows is not set up: build on Linux or macOS");
}

const crate = ["--quiet", "-p", "envctl-ffi", "--lib", "--profile", "ffi", "--crate-type", "cdylib,staticlib"];
run("cargo", ["rustc", ...crate]);

const folder = join(here, "prebuilds", `${process.platform}-${process.arch}`);
mkdirSync(folder, { recursive: true });
const headers = createRequire(import.meta.url)("node-api-headers").include_dir;
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
