// `npm pack` gives a package that installs without running anything, and works in an empty project.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { CONTRACT, here, project, run, write } from "./support.mjs";

const { platform } = createRequire(import.meta.url)("../lib/platform.js");
const npm = (args, cwd) =>
  run("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--offline", "--loglevel=error"], { cwd });

const folder = project({ "package.json": '{"name":"empty","private":true}' });
const [{ filename, files }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], here));
npm(["install", join(folder, filename)], folder);

test("it has what it needs and nothing else", () => {
  const wanted = /^(lib|prebuilds)\/|^(package\.json|README\.md|LICENSE-\w+|THIRD-PARTY\.md)$/;
  assert.deepEqual(files.map(({ path }) => path).filter((path) => !wanted.test(path)), []);
});

test("the licences come with it, of what is linked in too", () => {
  const installed = (name) => readFileSync(join(folder, "node_modules/envctl", name), "utf8");
  assert.match(installed("LICENSE-MIT"), /Permission is hereby granted/);
  assert.match(installed("LICENSE-APACHE"), /Apache License/);
  assert.match(installed("THIRD-PARTY.md"), /^\| serde_json \d\S+ \| MIT OR Apache-2\.0 \|/m);
});

test("nothing runs when it is installed, and nothing comes along", () => {
  const { scripts, dependencies, optionalDependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  assert.deepEqual(Object.keys(scripts).filter((name) => /install|prepare/.test(name)), []);
  assert.deepEqual([dependencies, optionalDependencies], [undefined, undefined]);
});

test("the example at the top of the README runs as it is printed", () => {
  const readme = readFileSync(join(here, "README.md"), "utf8");
  const [, example] = /^```js\n([\s\S]*?)```\n/.exec(readme);
  const lines = example.trimEnd().split("\n");
  assert.ok(lines.length <= 10, `${lines.length} lines`);
  const expected = lines.filter((line) => line.startsWith("console.log")).map((line) => line.split("; // ")[1]);
  assert.equal(expected.length, 3);
  write(folder, { "example.js": example });
  assert.deepEqual(run(process.execPath, ["example.js"], { cwd: folder }).trimEnd().split("\n"), expected);
});

test("it is had by import, by require, and for its side effect", () => {
  write(folder, {
    "envschema.toml": CONTRACT,
    ".env": "API_KEY=a\nDATABASE_URL=postgres://a/b\n",
    "a.mjs": 'import { load } from "envctl"; console.log(load().PORT);',
    "b.cjs": 'console.log(require("envctl").load().PORT);',
    "c.mjs": 'import "envctl/config"; console.log(process.env.PORT);',
    "d.cjs": 'require("envctl/config"); console.log(process.env.PORT);',
  });
  for (const script of ["a.mjs", "b.cjs", "c.mjs", "d.cjs"]) {
    assert.equal(run(process.execPath, [script], { cwd: folder }), "3000\n", script);
  }
});

test("an addon that is not there is told", () => {
  write(folder, { "other.cjs": 'Object.defineProperty(process, "arch", { value: "pdp11" }); require("envctl");' });
  assert.throws(() => run(process.execPath, ["other.cjs"], { cwd: folder }), /has no addon for [\w-]*pdp11/);
});

test("an addon that the system cannot load is told, with what to do", () => {
  const path = join(folder, "node_modules/envctl/prebuilds", platform(), "envctl.node");
  const whole = readFileSync(path);
  writeFileSync(path, "no addon");
  try {
    assert.throws(() => run(process.execPath, ["-e", 'require("envctl")'], { cwd: folder }), /cannot load its addon for .*\n(.*\n)*.*help: .*npm run build/);
  } finally {
    writeFileSync(path, whole);
  }
});

test("Linux with another C library has an addon of its own", { skip: process.platform !== "linux" }, () => {
  assert.match(platform(), /^linux-\w+-(glibc|musl)$/);
  for (const [memory, header, libc] of [
    ["/lib/ld-musl-x86_64.so.1", { glibcVersionRuntime: "2.36" }, "musl"],
    ["", {}, "musl"],
    ["", { glibcVersionRuntime: "2.36" }, "glibc"],
    ["/lib/libc.so.6", {}, "glibc"],
    ["/lib/libc-2.31.so", {}, "glibc"],
  ]) {
    const script = `
      const fs = require("fs"), read = fs.readFileSync;
      fs.readFileSync = (path, ...how) => (path === "/proc/self/maps" ? ${JSON.stringify(memory)} : read(path, ...how));
      process.report.getReport = () => (${JSON.stringify({ header })});
      console.log(require("./node_modules/envctl/lib/platform.js").platform().split("-")[2]);`;
    assert.equal(run(process.execPath, ["-e", script], { cwd: folder }), `${libc}\n`);
  }
});

test("no package without an addon is packed", () => {
  const empty = project({});
  for (const part of ["package.json", "scripts", "lib", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.md"]) {
    cpSync(join(here, part), join(empty, part), { recursive: true });
  }
  const pack = () => run("npm", ["pack", "--dry-run", "--offline", "--loglevel=error"], { cwd: empty });
  assert.throws(pack, /not packed: there is no prebuilds, no prebuilds\/\*\/envctl\.node/);
  mkdirSync(join(empty, "prebuilds", "linux-x64-musl"), { recursive: true });
  assert.throws(pack, /not packed: there is no prebuilds\/linux-x64-musl\/envctl\.node/);
  write(empty, { "prebuilds/linux-x64-musl/envctl.node": "" });
  pack();
});

test("the addon does not tell where it was built", () => {
  const addon = readFileSync(join(here, "prebuilds", platform(), "envctl.node"));
  for (const path of [homedir(), join(here, "../../..")]) {
    assert.ok(!addon.includes(`${path}/`), path);
  }
});
