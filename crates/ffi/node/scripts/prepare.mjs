// What tests and benchmarks need, from a fresh clone: the tools that they run, and the addon.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const run = (program, args, cwd = here) => execFileSync(program, args, { cwd, stdio: "inherit" });

/** Installs what the lock file of a folder says, unless it is there. */
function install(folder) {
  const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
  const stamp = join(folder, "node_modules/.installed");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
    // Nothing that a package brings is run while it is installed.
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder);
    writeFileSync(stamp, lock);
  }
}

install(here);
install(join(here, "test/tools"));
run(process.execPath, [join(here, "scripts/build.mjs")]);
