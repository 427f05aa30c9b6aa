// An option that is mistyped is told, wherever it stands: passed over, it would be a setting that nobody made.

import assert from "node:assert/strict";
import { test } from "node:test";

import { EnvctlError, Schema, generateSecret, lint, load } from "../lib/index.mjs";
import { CONTRACT } from "./support.mjs";

const schema = Schema.fromText(CONTRACT);

const mistaken = (pattern) => (error) => {
  assert.ok(error instanceof EnvctlError, error);
  assert.equal(error.code, "options");
  assert.match(error.message, pattern);
  return true;
};

test("every method names the option that was meant", () => {
  const calls = {
    name: () => Schema.fromText(CONTRACT, { nmae: "a" }),
    environment: () => schema.describe({ enviroment: "prod" }),
    files: () => schema.validate({}, { file: [".env"] }),
    generate: () => schema.resolve({ genrate: true }),
    env: () => schema.load({ envs: {} }),
    profile: () => schema.explain("PORT", { Profile: "a" }),
    allowInvalid: () => schema.exportAs("json", { allow_invalid: true }),
    prefix: () => generateSecret("hex:8", { prefx: "a" }),
    readers: () => lint({ text: "" }, { reader: ["vite"] }),
    schema: () => load({ shema: "envschema.toml" }),
    region: () => schema.resolve({ env: {}, facts: { regoin: "eu-west-1" } }),
    namespace: () => schema.exportAs("k8s", { env: {}, object: { namespce: "web" } }),
    optional: () => schema.resolve({ env: {}, files: [{ path: ".env", optinal: true }] }),
    json: () => schema.resolve({ env: {}, outputs: { jsno: {} } }),
  };
  for (const [meant, call] of Object.entries(calls)) {
    assert.throws(call, mistaken(new RegExp(`is unknown in .*\nhelp: did you mean \`${meant}\`\\?$`)), meant);
  }
});

test("what is not like any of them is told with what there is", () => {
  assert.throws(() => schema.lint({ text: "" }, { verbose: 1 }), mistaken(/`verbose` is unknown in .*\nhelp: known are readers$/));
  assert.throws(() => schema.explain("PORT", { complete: true }), mistaken(/`complete` is unknown/));
  assert.throws(() => schema.validate({}, { env: {} }), mistaken(/`env` is unknown/));
});

test("options are an object", () => {
  for (const given of ["prod", null, ["prod"]]) {
    assert.throws(() => schema.exportAs("json", given), mistaken(/expected an object for the options of `exportAs`/));
  }
});
