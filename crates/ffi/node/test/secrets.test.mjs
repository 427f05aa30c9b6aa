// A planted secret is in nothing that is printed, however it is printed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { format, inspect } from "node:util";

import { EnvError, Schema, Secret } from "../lib/index.mjs";
import { CONTRACT } from "./support.mjs";

const SECRET = "canary+node/7f3a@end";

const schema = Schema.fromText(CONTRACT);
const loaded = schema.load({
  env: { API_KEY: SECRET, DATABASE_URL: `postgres://u:${encodeURIComponent(SECRET)}@db/shop` },
  files: [],
  environment: "dev",
});

test("a secret prints as [secret]", () => {
  const { API_KEY: secret } = loaded;
  assert.ok(secret instanceof Secret);
  const printed = {
    template: `${secret}`,
    concatenated: "" + secret,
    string: String(secret),
    json: JSON.stringify(loaded),
    inspected: inspect(loaded, { depth: null, showHidden: true }),
    formatted: format("%s %o %O %j", secret, loaded, loaded, loaded),
    error: new Error(`with ${secret}`).message,
    keys: Object.entries(secret).join(),
    spread: JSON.stringify({ ...loaded }),
    cloned: inspect(structuredClone({ ...secret })),
    listed: [secret, secret].join(),
  };
  for (const [how, text] of Object.entries(printed)) {
    assert.ok(!text.includes("canary") && !text.includes(encodeURIComponent(SECRET)), `${how}: ${text}`);
  }
  assert.equal(printed.template, "[secret]");
  assert.match(printed.inspected, /API_KEY: \[secret\]/);
  assert.equal(secret.reveal(), SECRET);
});

test("nothing that is told of a value tells it", () => {
  const env = { API_KEY: SECRET, DATABASE_URL: SECRET, PORT: "http" };
  const told = [
    JSON.stringify(schema.validate(env)),
    JSON.stringify(schema.explain("API_KEY", { env })),
    JSON.stringify(schema.describe()),
    JSON.stringify(schema.lint({ text: `API_KEY=${SECRET} # x\nDATABASE_URL='${SECRET}\n` })),
  ];
  for (const attempt of [
    () => schema.load({ env, files: [] }),
    () => schema.exportAs("shell", { env }),
    () => schema.resolve({ env, outputs: { text: SECRET } }),
    () => schema.resolve({ env, environment: {} }),
    () => schema.resolve({ env: { API_KEY: `${SECRET}\ud83d` } }),
  ]) {
    assert.throws(attempt, (error) => {
      told.push(`${error.message}${error.stack}${inspect(error)}${JSON.stringify(error)}`);
      return true;
    });
  }
  told.forEach((text) => assert.ok(!text.includes("canary"), text));
});

test("secrets that are not the same are not equal", () => {
  const other = schema.load({
    env: { API_KEY: "canary-other", DATABASE_URL: "postgres://u:p@db/shop" }, files: [], environment: "dev",
  });
  assert.notDeepStrictEqual(loaded.API_KEY, other.API_KEY);
  assert.notDeepStrictEqual(loaded, other);
  assert.notDeepEqual({ key: loaded.API_KEY }, { key: other.API_KEY });
  assert.deepStrictEqual({ key: loaded.API_KEY }, { key: loaded.API_KEY });
  assert.deepEqual(Object.keys(loaded.API_KEY), []);
  const { message } = new assert.AssertionError({ actual: loaded, expected: other, operator: "deepStrictEqual" });
  assert.ok(!message.includes("canary"), message);
});

test("one secret cannot be taken for another class", () => {
  assert.equal(new EnvError({ contract: "a", findings: [] }).findings.length, 0);
  assert.throws(() => Secret.prototype.reveal.call({}), TypeError);
});
