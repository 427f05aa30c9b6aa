// Before the package is packed: one without an addon would install and then fail.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const { files } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const prebuilds = join(here, "prebuilds");
const systems = existsSync(prebuilds) ? readdirSync(prebuilds) : [];
const addons = systems.length > 0 ? systems.map((system) => `prebuilds/${system}/envctl.node`) : ["prebuilds/*/envctl.node"];
const missing = [...files, ...addons].filter((file) => !existsSync(join(here, file)));

if (missing.length > 0) {
  console.error(`not packed: there is no ${missing.join(", no ")}`);
  console.error("help: run `npm run build` on each system that the package is for");
  process.exit(1);
}
