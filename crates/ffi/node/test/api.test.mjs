// What a caller gets, for what is right and for what is wrong.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import * as imported from "../lib/index.mjs";
import { CONTRACT, here, project, run, write } from "./support.mjs";

const required = createRequire(import.meta.url)("../lib/index.js");
const { EnvError, EnvctlError, Schema, generateSecret, generateSecretAsync, lint, load, loadAsync } = imported;

const schema = Schema.fromText(CONTRACT);
const env = { API_KEY: "key-of-the-test", DATABASE_URL: "postgres://u:p@db.internal/shop" };

test("import and require give the same objects", () => {
  for (const [name, value] of Object.entries(required)) {
    assert.equal(imported[name], value, name);
  }
  assert.deepEqual(Object.keys(imported).filter((name) => name !== "default").sort(), Object.keys(required).sort());
});

test("describe", () => {
  assert.equal(schema.name, "shop");
  const { variables, environments } = schema.describe({ environment: "prod" });
  assert.deepEqual(environments.map(({ name }) => name), ["dev", "prod"]);
  assert.deepEqual(variables.at(-1).choices, ["free", "pro"]);
});

test("validate", async () => {
  const options = { environment: "dev" };
  assert.equal(schema.validate(env, options).valid, true);
  const { valid, findings, counts } = schema.validate({ PORT: "http" }, options);
  assert.equal(valid, false);
  assert.deepEqual(findings.map(({ code, variable }) => [code, variable]), [
    ["missing", "API_KEY"], ["missing", "DATABASE_URL"], ["invalid", "PORT"],
  ]);
  assert.equal(counts.errors, 3);
  assert.deepEqual(await schema.validateAsync({ PORT: "http" }, options), schema.validate({ PORT: "http" }, options));
});

test("validate takes process.env if none is given", () => {
  process.env.API_KEY = "k";
  process.env.DATABASE_URL = "postgres://a/b";
  assert.equal(schema.validate(undefined, { environment: "dev" }).valid, true);
  delete process.env.API_KEY;
  delete process.env.DATABASE_URL;
});

test("resolve", async () => {
  const options = {
    env: { API_KEY: "k", PORT: "8081", UNKNOWN: "x", PLAN: undefined },
    files: [{ name: ".env", text: "PORT=8082\nPLAN=pro\n" }],
    outputs: { json: { dbUrl: "postgres://o/p" } },
    environment: "dev",
  };
  const { values, typed, findings, provenance, valid } = schema.resolve(options);
  assert.deepEqual(values, { API_KEY: "k", DATABASE_URL: "postgres://o/p", PORT: "8081", PLAN: "pro" });
  assert.equal(typed.PORT, 8081);
  assert.equal(provenance.DATABASE_URL.layer, "stack-output");
  assert.equal(provenance.PLAN.place.text, ".env:2");
  assert.deepEqual([valid, findings], [true, []]);
  assert.deepEqual(await schema.resolveAsync(options), schema.resolve(options));
});

test("load gives checked values, frozen", async () => {
  const options = {
    env: { ...env, SITE: "https://shop.example/a", ORIGINS: "a,b", LIMITS: '{"a":[1]}', DEBUG: "1", BIG: "9007199254740993" },
    files: [],
    environment: "dev",
  };
  for (const loaded of [schema.load(options), await schema.loadAsync(options)]) {
    assert.equal(loaded.API_KEY.reveal(), "key-of-the-test");
    assert.equal(loaded.DATABASE_URL.reveal().hostname, "db.internal");
    assert.equal(loaded.SITE.pathname, "/a");
    assert.deepEqual([loaded.PORT, loaded.DEBUG, loaded.PLAN, loaded.BIG], [3000, true, "free", 9007199254740993n]);
    assert.deepEqual([loaded.ORIGINS, loaded.LIMITS], [["a", "b"], { a: [1] }]);
    assert.ok([loaded, loaded.ORIGINS, loaded.LIMITS, loaded.LIMITS.a, loaded.API_KEY].every(Object.isFrozen));
    assert.equal("OTHER" in loaded, false);
  }
});

test("whole numbers beyond 2^53 are exact", () => {
  const numbers = { BIG: "-9223372036854775808", SIZES: "1, 9007199254740993,-9007199254740993", ROOM: "9007199254740993" };
  const texts = { API_KEY: '1,"9007199254740993":9007199254740993', LIMITS: '{"a":0.1111111111111111,"b":1234567890123456.5}' };
  const loaded = schema.load({ env: { ...env, ...numbers, ...texts }, files: [], environment: "dev" });
  assert.equal(loaded.BIG, -9223372036854775808n);
  assert.deepEqual(loaded.SIZES, [1, 9007199254740993n, -9007199254740993n]);
  assert.equal(loaded.ROOM, 9007199254740993n);
  assert.equal(loaded.API_KEY.reveal(), texts.API_KEY);
  assert.deepEqual(loaded.LIMITS, { a: 0.1111111111111111, b: 1234567890123456.5 });
  const room = schema.load({ env: { ...env, ROOM: "16384TiB" }, files: [], environment: "dev" }).ROOM;
  assert.equal(room, 18014398509481984n);
});

test("variables may be called as what every object has", () => {
  const names = ["constructor", "toString", "__proto__", "hasOwnProperty"];
  const odd = Schema.fromText(
    'schema.name = "odd"\n' + names.map((name) => `[vars.${name}]\nvisibility = "plain"\nrequired = false\n`).join(""),
  );
  const unset = odd.load({ env: {}, files: [] });
  assert.deepEqual(names.map((name) => unset[name]), names.map(() => undefined));
  const given = Object.fromEntries(names.map((name) => [name, `a ${name}`]));
  const loaded = odd.load({ env: given, files: [] });
  assert.deepEqual(Object.entries(loaded), Object.entries(given));
  assert.ok(Object.isFrozen(loaded));
  assert.equal(Object.getPrototypeOf(loaded), Object.prototype);
  assert.deepEqual(Object.keys(odd.resolve({ env: process.env, files: [] }).values), []);
});

test("a URL that `URL` cannot hold stays text", () => {
  const url = "postgres://u:p@one:5432,two:5432/shop";
  const loaded = schema.load({ env: { ...env, DATABASE_URL: url }, files: [], environment: "dev" });
  assert.equal(loaded.DATABASE_URL.reveal(), url);
});

test("load of what is not valid throws every finding", async () => {
  const options = { env: { PORT: "http" }, files: [], environment: "dev" };
  const is = (error) => {
    assert.ok(error instanceof EnvError && error instanceof Error);
    assert.equal(error.findings.length, 3);
    assert.equal(error.message.split("\n")[0], "shop dev is not valid");
    assert.match(error.message, /error\[missing\] API_KEY is not set.*\n    = set API_KEY/);
    assert.match(error.message, /error\[invalid\] environment variable PORT: PORT is not valid/);
    return true;
  };
  assert.throws(() => schema.load(options), is);
  await assert.rejects(schema.loadAsync(options), is);
  assert.throws(() => schema.exportAs("json", { env: {} }), { name: "EnvError", environment: null });
});

test("load reads the files of a project", async () => {
  const folder = project({
    "envschema.toml": CONTRACT,
    ".env": "API_KEY=a\nDATABASE_URL=postgres://a/b\n",
    ".env.prod": "API_KEY=p\nDATABASE_URL=postgres://p/b\nPORT=8443\n",
  });
  const script = (options) =>
    `const { load } = require(${JSON.stringify(here)});
     const env = load(${JSON.stringify(options)}); console.log(env.API_KEY.reveal(), env.PORT)`;
  const node = (options, env) => run(process.execPath, ["-e", script(options)], { cwd: folder, env });
  assert.equal(node({}, {}), "a 3000\n");
  assert.equal(node({ environment: "prod" }, {}), "p 8443\n");
  assert.equal(node({}, { ENVCTL_ENVIRONMENT: "prod", PORT: "8444" }), "p 8444\n");
  assert.equal(node({}, { ENVCTL_ENVIRONMENT: "", ENVCTL_SCHEMA: "" }), "a 3000\n");
  assert.throws(() => node({}, { ENVCTL_SCHEMA: "other.toml" }), /cannot read other.toml/);
  write(folder, { "envctl.toml": 'schema = "other.toml"\nenvironment = "prod"\n' });
  assert.equal(node({}, {}), "a 3000\n");
  const path = join(folder, "envschema.toml");
  const loaded = await loadAsync({ schema: path, env, files: [], environment: "dev" });
  assert.equal(loaded.PORT, load({ schema: path, env, files: [], environment: "dev" }).PORT);
});

test("envctl/config puts what is missing into process.env", () => {
  const folder = project({ "envschema.toml": CONTRACT, ".env": "API_KEY=a\nDATABASE_URL=postgres://a/b\nPORT=8080\n" });
  const print = "console.log(process.env.API_KEY, process.env.PORT, process.env.PLAN)";
  const [cjs, mjs] = [join(here, "lib/config.js"), join(here, "lib/config.mjs")];
  const env = { PORT: "8081" };
  assert.equal(run(process.execPath, ["-r", cjs, "-e", print], { cwd: folder, env }), "a 8081 free\n");
  assert.equal(run(process.execPath, ["--import", mjs, "-e", print], { cwd: folder, env }), "a 8081 free\n");
  const empty = { PORT: "", API_KEY: "", PLAN: "", ENVCTL_SCHEMA: "", ENVCTL_ENVIRONMENT: "" };
  assert.equal(run(process.execPath, ["-r", cjs, "-e", print], { cwd: folder, env: empty }), "a 8080 free\n");
  const wrong = () => run(process.execPath, ["-r", cjs, "-e", print], { cwd: folder, env: { PORT: "http" } });
  assert.throws(wrong, /EnvError: shop is not valid/);
});

test("envctl/config writes variables called as what every object has", () => {
  const contract = '[schema]\nname = "odd"\n[vars.toString]\ndefault = "a"\nvisibility = "plain"\n[vars.__proto__]\ndefault = "b"\nvisibility = "plain"\n';
  const folder = project({ "envschema.toml": contract });
  const print = 'console.log(process.env.toString, require("child_process").execSync("echo $__proto__").toString().trim())';
  assert.equal(run(process.execPath, ["-r", join(here, "lib/config.js"), "-e", print], { cwd: folder }), "a b\n");
});

test("explain", async () => {
  const options = { env, environment: "dev" };
  const explained = schema.explain("API_KEY", options);
  assert.deepEqual([explained.state, explained.value], ["resolved", null]);
  assert.equal(explained.layers[0].place.name, "API_KEY");
  assert.deepEqual(await schema.explainAsync("API_KEY", options), explained);
});

test("exportAs", async () => {
  const options = { env, environment: "dev" };
  assert.match(schema.exportAs("shell", options), /^export API_KEY='key-of-the-test'\n/);
  assert.equal(JSON.parse(schema.exportAs("json", { ...options, typed: true })).PORT, 3000);
  assert.match(schema.exportAs("dotenv", { ...options, dialect: "vite" }), /API_KEY=key-of-the-test/);
  assert.equal(await schema.exportAsAsync("fish", options), schema.exportAs("fish", options));
  assert.throws(() => schema.exportAs("shell", { env: {}, environment: "dev" }), EnvError);
  assert.match(schema.exportAs("shell", { env: {}, environment: "dev", allowInvalid: true }), /export PORT='3000'/);
  const lines = { ...env, API_KEY: "two\nlines" };
  assert.throws(() => schema.exportAs("docker", { env: lines, environment: "dev" }), /API_KEY cannot be/);
});

test("exportAs changes the text of an env file", () => {
  const before = "# mine\nFOREIGN = 1 # kept\nPORT=1 # the proxy\n";
  const options = { env: { ...env, PORT: "8443" }, environment: "dev" };
  assert.equal(
    schema.exportAs("dotenv", { ...options, update: { text: before } }),
    "# mine\nFOREIGN = 1 # kept\nPORT=8443 # the proxy\nAPI_KEY=key-of-the-test\n" +
      "DATABASE_URL=postgres://u:p@db.internal/shop\nPLAN=free\n",
  );
  assert.throws(() => schema.exportAs("dotenv", { ...options, update: { name: ".env", text: "A='b\n" } }), { code: "source" });
});

test("exportAs for GitHub gives the masks too", async () => {
  const options = { env, environment: "dev" };
  const { text, masks } = schema.exportAs("github", { ...options, masks: true });
  assert.match(text, /^API_KEY=key-of-the-test$|^API_KEY<<[\s\S]*key-of-the-test/m);
  assert.match(masks, /^::add-mask::key-of-the-test$/m);
  assert.equal((await schema.exportAsAsync("github", { ...options, masks: true })).masks, masks);
  assert.equal(typeof schema.exportAs("github", options), "string");
  assert.throws(() => schema.exportAs("shell", { ...options, masks: true }), { code: "options" });
});

test("generateSecret", async () => {
  assert.match(generateSecret("alnum:24", { prefix: "sk_" }), /^sk_[A-Za-z0-9]{24}$/);
  assert.match(schema.generateSecret("API_KEY"), /^[0-9a-f]{32}$/);
  assert.match(await schema.generateSecretAsync("API_KEY"), /^[0-9a-f]{32}$/);
  assert.match(await generateSecretAsync("ed25519"), /^-----BEGIN PRIVATE KEY-----/);
  assert.throws(() => generateSecret("hex:0"), { code: "options" });
});

test("lint", async () => {
  const linted = lint({ name: ".env", text: "A='b\n" });
  assert.equal(linted.valid, false);
  assert.equal(linted.file, ".env");
  assert.equal(schema.lint({ text: "PORT=1\n" }, { readers: ["vite", "node"] }).valid, true);
  assert.deepEqual(await schema.lintAsync({ text: "PORT=1\n" }), schema.lint({ text: "PORT=1\n" }));
  assert.deepEqual(await imported.lintAsync({ name: ".env", text: "A='b\n" }), linted);
});

test("a class of one's own is opened as such", async () => {
  class Shop extends Schema {
    port(env) {
      return this.load({ env, files: [], environment: "dev" }).PORT;
    }
  }
  const folder = project({ "envschema.toml": CONTRACT });
  const path = join(folder, "envschema.toml");
  for (const shop of [Shop.fromText(CONTRACT), Shop.fromFile(path), await Shop.fromFileAsync(path)]) {
    assert.equal(shop.port(env), 3000);
  }
});

test("what is wrong with a call is told", async () => {
  const is = (code, pattern) => (error) => {
    assert.ok(error instanceof EnvctlError, error);
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    return true;
  };
  assert.throws(() => Schema.fromText("[schema]\nnam = 1\n"), is("contract", /envschema.toml:2/));
  assert.throws(() => Schema.fromFile("nowhere.toml"), is("contract", /cannot read nowhere.toml/));
  await assert.rejects(Schema.fromFileAsync("nowhere.toml"), is("contract", /cannot read nowhere.toml/));
  assert.throws(() => schema.explain("PROT"), is("unknown", /did you mean PORT/));
  assert.throws(() => schema.resolve({ env, environment: "prdo" }), is("unknown", /prdo/));
  assert.throws(() => schema.resolve({ env, files: ["nowhere.env"] }), is("source", /nowhere.env: no such file/));
  assert.throws(() => schema.exportAs("csv", { env }), is("request", /form of version 1/));
  assert.throws(() => Schema.fromFile(1), TypeError);
  const closed = Schema.fromText(CONTRACT);
  assert.deepEqual([closed.close(), closed.close()], [true, false]);
  assert.throws(() => closed.describe(), is("handle", /not open/));
});

test("what is asked off the main thread never throws on it", async () => {
  const wrong = {
    validateAsync: [{ API_KEY: "\ud83d" }],
    resolveAsync: [{ files: 1 }],
    loadAsync: [{ fiels: [] }],
    explainAsync: ["PORT", { env: null }],
    exportAsAsync: ["json", null],
    generateSecretAsync: ["a\0"],
    lintAsync: [null],
  };
  for (const [method, args] of Object.entries(wrong)) {
    await assert.rejects(schema[method](...args), method);
  }
  await assert.rejects(Schema.fromFileAsync(1), TypeError);
  await assert.rejects(loadAsync(null), { code: "options" });
  await assert.rejects(generateSecretAsync("hex:8", { prefx: "a" }), { code: "options" });
});

test("what is asked off the main thread counts as it was then", async () => {
  const given = { ...env };
  const validated = Schema.fromText(CONTRACT).validateAsync(given, { environment: "dev" });
  delete given.API_KEY;
  assert.equal((await validated).valid, true);
});

test("nothing of it is done on the main thread first", async () => {
  const native = createRequire(import.meta.url)("../lib/native.js");
  const fresh = Schema.fromText(CONTRACT);
  const call = native.call;
  native.call = () => assert.fail("the main thread was asked");
  try {
    assert.equal((await fresh.validateAsync(env, { environment: "dev" })).valid, true);
    await assert.rejects(fresh.exportAsAsync("json", { env: {}, environment: "dev" }), EnvError);
  } finally {
    native.call = call;
  }
});

test("values that no text can hold are no requests", () => {
  assert.throws(() => schema.validate({ API_KEY: "\ud83d" }), { code: "request" });
});
