// 100 variables, loaded and judged in a fresh process, by this package, by dotenv with zod in the manner of t3-env, and by
// spawning varlock: all in turns within one run. Then the same again and again in one process, and what a bare call costs.
//
//   npm run bench

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const tools = join(here, "test/tools/node_modules");
// varlock wants a newer Node than others do; all run in the same one.
const node = join(tools, "node-22/bin/node");
const ROUNDS = 15;

const KINDS = [
  { contract: 'type = "port"\nvisibility = "plain"', zod: "z.coerce.number().int().min(1).max(65535)", varlock: "port", value: "8080" },
  { contract: 'type = "url"', zod: "z.url()", varlock: "url", value: "https://api.example.com/v1" },
  { contract: 'type = "boolean"\nvisibility = "plain"', zod: 'z.enum(["true", "false"]).transform((v) => v === "true")', varlock: "boolean", value: "true" },
  { contract: "min_length = 8", zod: "z.string().min(8)", varlock: "string(minLength=8)", value: "a-secret-of-usual-length" },
  { contract: 'type = "enum"\nvalues = ["a", "b"]\nvisibility = "plain"', zod: 'z.enum(["a", "b"])', varlock: "enum(a, b)", value: "a" },
];
const all = [...Array(100)].map((_, i) => ({ name: `VAR_${i}`, ...KINDS[i % KINDS.length] }));

const folder = mkdtempSync(join(tmpdir(), "envctl-bench-"));
const write = (name, text) => writeFileSync(join(folder, name), text);
write("envschema.toml", `[schema]\nname = "bench"\n${all.map(({ name, contract }) => `[vars.${name}]\n${contract}\n`).join("")}`);
write(".env", all.map(({ name, value }) => `${name}=${value}\n`).join(""));
write(".env.schema", all.map(({ name, varlock }) => `# @type=${varlock} @required\n${name}=\n`).join("\n"));

const require = createRequire(import.meta.url);
const path = (name) => JSON.stringify(join(tools, name));
const measured = (requiring, loading) => `
  const start = performance.now();
  ${requiring}
  const required = performance.now();
  ${loading}
  const end = performance.now();
  console.log(JSON.stringify({ require: required - start, load: end - required, rss: process.memoryUsage().rss }));`;

const SUBJECTS = {
  nothing: measured("", ""),
  envctl: measured(`const { Schema } = require(${JSON.stringify(here)});`, 'Schema.fromFile("envschema.toml").load();'),
  "dotenv + zod + t3-env": measured(
    `const dotenv = require(${path("dotenv")}), { z } = require(${path("zod")}), { createEnv } = require(${path("@t3-oss/env-core/dist/index.js")});`,
    `dotenv.config({ quiet: true });
     createEnv({ runtimeEnv: process.env, server: { ${all.map(({ name, zod }) => `${name}: ${zod}`).join(", ")} } });`,
  ),
  "varlock, spawned": measured(
    'const { execFileSync } = require("node:child_process");',
    `JSON.parse(execFileSync(process.execPath, [${path("varlock/bin/cli.js")}, "load", "--format", "json"], { encoding: "utf8" }));`,
  ),
};

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const runs = Object.fromEntries(Object.keys(SUBJECTS).map((name) => [name, []]));
for (const [name, script] of Object.entries(SUBJECTS)) write(`${name.split(/\W/)[0]}.cjs`, script);
for (let round = 0; round < ROUNDS; round++) {
  for (const name of Object.keys(SUBJECTS)) {
    const options = { cwd: folder, encoding: "utf8", env: { PATH: process.env.PATH, HOME: folder, CI: "1" } };
    runs[name].push(JSON.parse(execFileSync(node, [`${name.split(/\W/)[0]}.cjs`], options)));
  }
}
const of = (name, what) => median(runs[name].map((run) => run[what]));
const base = of("nothing", "rss");

console.log(`100 variables in a fresh process, Node 22, medians of ${ROUNDS} runs in turns\n`);
console.log("                        require ms   load + validate ms   memory MB beyond Node's");
for (const name of Object.keys(SUBJECTS).slice(1)) {
  const memory = (of(name, "rss") - base) / 1e6;
  console.log(`${name.padEnd(24)}${of(name, "require").toFixed(1).padStart(10)}${of(name, "load").toFixed(1).padStart(21)}${memory.toFixed(1).padStart(26)}`);
}
const whole = (name) => of(name, "require") + of(name, "load");
for (const name of Object.keys(SUBJECTS).slice(2)) {
  console.log(`measure: Node, load and judge, over ${name} = ${(of("envctl", "load") / of(name, "load")).toFixed(3)} (budget 0.2)`);
  console.log(`measure: Node, require, load and judge, over ${name} = ${(whole("envctl") / whole(name)).toFixed(3)} (budget 0.2)`);
}

// In one process, over and over.
process.chdir(folder);
const { Schema } = require("../lib/index.js");
const native = require("../lib/native.js");
const { z } = require(join(tools, "zod"));
const dotenv = require(join(tools, "dotenv"));
const schema = Schema.fromFile("envschema.toml");
const contract = native.openPath("envschema.toml");
const env = Object.fromEntries(all.map(({ name, value }) => [name, value]));
const shape = z.object(new Function("z", `return { ${all.map(({ name, zod }) => `${name}: ${zod}`).join(", ")} }`)(z));
const text = all.map(({ name, value }) => `${name}=${value}\n`).join("");
const microseconds = (work) => {
  const times = [];
  for (let i = 0; i < 2500; i++) {
    const start = process.hrtime.bigint();
    work();
    times.push(Number(process.hrtime.bigint() - start) / 1e3);
  }
  return median(times.slice(500)).toFixed(1).padStart(8);
};
console.log(`\nagain and again in one process, Node ${process.versions.node}, us\n`);
console.log(`${microseconds(() => native.close(null))}  a call of the addon that does nothing`);
console.log(`${microseconds(() => native.call(contract, "{"))}  a call of the engine that does nothing: a request that is none`);
console.log(`${microseconds(() => schema.validate(env))}  envctl: validate`);
console.log(`${microseconds(() => shape.parse(env))}  zod: parse`);
console.log(`${microseconds(() => schema.load({ env: {}, files: [{ name: ".env", text }] }))}  envctl: load of a text`);
console.log(`${microseconds(() => shape.parse(dotenv.parse(text)))}  dotenv + zod: the same`);
rmSync(folder, { recursive: true });
