// The types, as the compiler of TypeScript reads them: what is right compiles, what is wrong does not.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { here, project, run } from "./support.mjs";

/** As `envctl generate typescript` writes them. */
const ENV = `
export type Env = Common & ByPlan;
export interface Common { DATABASE_URL: string; SITE?: string; PORT: number; BIG: number; SIZES?: number[]; ORIGINS: string[]; API_KEY: string }
export type ByPlan = { PLAN: "pro"; PAY_KEY: string } | { PLAN?: "free" };
export interface Shape { env: Env; secret: "API_KEY" | "DATABASE_URL" | "PAY_KEY"; url: "DATABASE_URL" | "SITE"; big: "BIG" | "SIZES" }
`;

const RIGHT = `
import { load, loadAsync, EnvError, Schema, Secret, type Finding } from "envctl";
import type { Shape } from "./env.js";
import "envctl/config";

const env = load<Shape>({ environment: "prod", files: [".env", { text: "A=1" }] });
const port: number = env.PORT;
const database: URL | string = env.DATABASE_URL.reveal();
const host: string = database instanceof URL ? database.hostname : database;
const site: URL | string | undefined = env.SITE;
const big: number | bigint = env.BIG;
const sizes: readonly (number | bigint)[] | undefined = env.SIZES;
const origins: readonly string[] = env.ORIGINS;
const key: Secret = env.API_KEY;
if (env.PLAN === "pro") { const pay: string = env.PAY_KEY.reveal(); console.log(pay); }
const later: Promise<number> = loadAsync<Shape>().then(({ PORT }) => PORT);
const anything = load();
const schema = Schema.fromFile("envschema.toml");
const findings: Finding[] = schema.validate(process.env).findings;
const text: string = schema.exportAs("dotenv", { dialect: "vite" });
const { masks }: { masks: string } = schema.exportAs("github", { masks: true });
try { schema.load(); } catch (error) { if (error instanceof EnvError) { const all: Finding[] = error.findings; } }
`;

/** Each line is a mistake of its own. */
const WRONG = `
env.PORT = 1;
env.DATABASE_URL.hostname;
env.DATABASE_URL.reveal().hostname;
env.BIG.toFixed();
env.ORIGINS.push("a");
env.PAY_KEY;
env.OTHER;
const text2: string = env.API_KEY;
schema.exportAs("csv");
schema.exportAs("shell", { masks: true });
schema.resolve({ envs: {} });
new Secret("a");
load<Shape>({ schema: 1 });
`.trim();

function mistakes(module, files) {
  const folder = project({ ...files, "package.json": JSON.stringify({ type: module }) });
  const paths = { envctl: [join(here, "lib/index.d.mts")], "envctl/config": [join(here, "lib/config.d.mts")] };
  const options = { strict: true, noEmit: true, module: "nodenext", target: "es2022", skipLibCheck: false, paths, typeRoots: [join(here, "test/tools/node_modules/@types")], types: ["node"] };
  const config = join(folder, "tsconfig.json");
  const tsc = join(here, "test/tools/node_modules/typescript/bin/tsc");
  const script = `
    require("node:fs").writeFileSync(${JSON.stringify(config)}, ${JSON.stringify(JSON.stringify({ compilerOptions: options, include: ["*.ts"] }))});
    const { spawnSync } = require("node:child_process");
    process.stdout.write(spawnSync(process.execPath, [${JSON.stringify(tsc)}, "--pretty", "false", "-p", ${JSON.stringify(config)}], { encoding: "utf8" }).stdout);`;
  return run(process.execPath, ["-e", script]).split("\n").filter((line) => line.includes("error TS"));
}

for (const module of ["module", "commonjs"]) {
  test(`what is right compiles in a ${module}`, () => {
    assert.deepEqual(mistakes(module, { "env.ts": ENV, "right.ts": RIGHT }), []);
  });
}

test("each mistake is one", () => {
  const lines = mistakes("module", { "env.ts": ENV, "wrong.ts": `${RIGHT}\n${WRONG}` });
  const first = RIGHT.split("\n").length + 1;
  const found = new Set(lines.map((line) => Number(/wrong\.ts\((\d+),/.exec(line)?.[1]) - first));
  assert.deepEqual([...found].sort((a, b) => a - b), WRONG.split("\n").map((_, line) => line), lines.join("\n"));
});
