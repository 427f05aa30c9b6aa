// `examples/node-setup` sets an environment up: asks for what is missing, and writes it once.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

import { here, project, write } from "./support.mjs";

const CONTRACT = `
[schema]
name = "shop"

[vars.SESSION_SECRET]
generate = "hex:32"

[vars.DATABASE_URL]
type   = "url"
output = "dbUrl"

[vars.PLAN]
type       = "enum"
values     = ["free", "pro"]
visibility = "plain"

[vars.PAY_KEY]
about    = "Key of the payment service"
required = 'PLAN == "pro"'

[vars.PORT]
type       = "port"
visibility = "plain"
default    = 3000
`;

const folder = project({
  "envschema.toml": CONTRACT,
  "outputs.json": JSON.stringify({ dbUrl: "postgres://u:canary-db-6@db/shop" }),
});
cpSync(join(here, "../../../examples/node-setup/setup.mjs"), join(folder, "setup.mjs"));
for (const part of ["package.json", "lib", "prebuilds"]) {
  cpSync(resolve(here, part), join(folder, "node_modules/envctl", part), { recursive: true });
}

function setup(answers) {
  const args = ["setup.mjs", "envschema.toml", "outputs.json", ".env.prod"];
  const options = { cwd: folder, input: answers, encoding: "utf8", env: { PATH: process.env.PATH }, timeout: 30_000 };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  assert.ok(!`${stdout}${stderr}`.includes("canary"), "it prints no secret");
  return { status, stdout, stderr };
}

test("without answers nothing is written", () => {
  const { status, stderr } = setup("gold\n");
  assert.equal(status, 1);
  assert.match(stderr, /there are no more answers\nnothing was written/);
  assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith(".env")), []);
});

test("what is missing is asked, and the file is written", () => {
  const { status, stdout } = setup("gold\npro\ncanary-pay-6\n");
  assert.equal(status, 0);
  assert.match(stdout, /PLAN is not valid: expected `free` or `pro`/);
  assert.match(stdout, /PAY_KEY is not set; it is required because PLAN == "pro"/);
  assert.match(stdout, /\.env\.prod is written; values from override \(3\), stack-output \(1\), default \(1\)/);
  const text = readFileSync(join(folder, ".env.prod"), "utf8");
  assert.match(text, /^SESSION_SECRET=[0-9a-f]{64}\nDATABASE_URL=.*canary-db-6.*\nPLAN=pro\nPAY_KEY=canary-pay-6\nPORT=3000\n$/);
  assert.equal(statSync(join(folder, ".env.prod")).mode & 0o777, 0o600);
});

test("what somebody wrote into the file stays", () => {
  const path = join(folder, ".env.prod");
  const written = readFileSync(path, "utf8");
  const kept = `# ours, and why\nFOREIGN = 'x' # of another program\n${written.replace("PORT=3000", "PORT=8443 # the proxy")}`;
  writeFileSync(path, kept.replace(/^PLAN=.*\n/m, ""));
  assert.equal(setup("pro\n").status, 0);
  const lines = (text) => text.split("\n").sort();
  assert.deepEqual(lines(readFileSync(path, "utf8")), lines(kept));
  writeFileSync(path, written);
});

test("what cannot be written leaves no file with secrets", () => {
  const args = ["setup.mjs", "envschema.toml", "outputs.json", "folder"];
  const refuses = "const fs = require('fs'); fs.renameSync = () => { throw new Error('no room') }; require('module').syncBuiltinESMExports()";
  write(folder, { "refuses.cjs": refuses });
  const { status, stderr } = spawnSync(process.execPath, ["-r", "./refuses.cjs", ...args], {
    cwd: folder, input: "pro\ncanary-pay-6\n", encoding: "utf8", env: { PATH: process.env.PATH }, timeout: 30_000,
  });
  assert.deepEqual([status, stderr], [1, "\nno room\nnothing was written\n"]);
  assert.deepEqual(readdirSync(folder).filter((name) => /folder|tmp/.test(name)), []);
});

test("run again, it asks nothing and changes nothing", () => {
  const before = readFileSync(join(folder, ".env.prod"), "utf8");
  assert.equal(setup("").status, 0);
  assert.equal(readFileSync(join(folder, ".env.prod"), "utf8"), before);
});
