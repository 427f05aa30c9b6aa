// What the tests share: a folder with files, and programs that have to end well.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { after } from "node:test";

export const here = resolve(dirname(fileURLToPath(import.meta.url)), "..");

export const CONTRACT = `
[schema]
name = "shop"

[environments.dev]
[environments.prod]

[vars.API_KEY]
about    = "Key of the payment service"
generate = "hex:16"

[vars.DATABASE_URL]
type   = "url"
output = "dbUrl"

[vars.PORT]
type       = "port"
visibility = "plain"
default    = 3000

[vars.SITE]
type       = "url"
visibility = "public"
required   = false

[vars.ORIGINS]
type       = "list"
visibility = "plain"
required   = false

[vars.LIMITS]
type       = "json"
visibility = "plain"
required   = false

[vars.DEBUG]
type       = "boolean"
visibility = "plain"
required   = false

[vars.BIG]
type       = "integer"
visibility = "plain"
required   = false

[vars.SIZES]
type       = "list"
items      = "integer"
visibility = "plain"
required   = false

[vars.ROOM]
type       = "bytes"
visibility = "plain"
required   = false

[vars.PLAN]
type       = "enum"
values     = ["free", "pro"]
visibility = "plain"
default    = "free"
`;

/** A folder with these files, gone when the tests have run. */
export function project(files) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "envctl-")));
  after(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, files);
  return folder;
}

export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** What a program prints; it has to end well, by itself and soon. */
export function run(program, args, { cwd, env = {}, timeout = 180_000 } = {}) {
  const path = { PATH: process.env.PATH, HOME: process.env.HOME };
  const { status, signal, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...path, ...env },
    encoding: "utf8",
    timeout,
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(" ")} ended with ${status ?? signal}\n${stdout}${stderr}`);
  }
  return stdout;
}
