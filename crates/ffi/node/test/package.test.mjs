// `npm pack` gives a package that installs without running anything, and works in an empty project.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CONTRACT, here, project, run, write } from "./support.mjs";

const npm = (args, cwd) =>
  run("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--offline", "--loglevel=error"], { cwd });

const folder = project({ "package.json": '{"name":"empty","private":true}' });
const [{ filename, files }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], here));
npm(["install", join(folder, filename)], folder);

test("it has what it needs and nothing else", () => {
  const wanted = /^(lib|prebuilds)\/|^(package\.json|README\.md)$/;
  assert.deepEqual(files.map(({ path }) => path).filter((path) => !wanted.test(path)), []);
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
  assert.throws(() => run(process.execPath, ["other.cjs"], { cwd: folder }), /has no addon for \w+-pdp11/);
});
