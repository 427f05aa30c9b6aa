// Everything from a fresh clone: installs what the tests use, builds the addon, runs the tests.

import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import "./prepare.mjs";

const tests = ["api", "limits", "options", "secrets", "package", "types", "example", "tools"].map((name) => `test/${name}.test.mjs`);
const cwd = resolve(dirname(fileURLToPath(import.meta.url)), "..");
execFileSync(process.execPath, ["--test", ...tests], { cwd, stdio: "inherit" });
