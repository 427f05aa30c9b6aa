// The tools that people run: every Node since 18, tsx, vitest, builds of Vite and Next.js for servers, worker threads.

import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CONTRACT, here, project, run } from "./support.mjs";

const modules = join(here, "test/tools/node_modules");
const tool = (name) => join(modules, name);
const of = (version) => tool(`node-${version}/bin/node`);

/** A project that has this package and all tools beside it, and an environment that is valid. */
function withTools(files) {
  const folder = project({
    "package.json": '{"name":"app","private":true,"type":"module"}',
    "envschema.toml": CONTRACT,
    ".env": "API_KEY=a\nDATABASE_URL=postgres://u:p@db.internal/shop\nPORT=8080\n",
    ...files,
  });
  // What is installed stays where it is: a copy of it would take longer than the tests.
  run(process.execPath, ["-e", `
    const fs = require("node:fs"), [from, to] = process.argv.slice(1);
    fs.mkdirSync(to);
    for (const name of fs.readdirSync(from)) if (!name.startsWith(".")) fs.symlinkSync(from + "/" + name, to + "/" + name);
  `, modules, join(folder, "node_modules")]);
  // The package itself as it is installed: what is linked is taken for a part of the project.
  for (const part of ["package.json", "lib", "prebuilds"]) {
    cpSync(join(here, part), join(folder, "node_modules/envctl", part), { recursive: true });
  }
  return folder;
}

const SCRIPT = `
import { load, Schema } from "envctl";
const env = load();
const { valid } = await Schema.fromFile("envschema.toml").validateAsync(process.env, { files: [".env"] });
console.log(env.PORT, String(env.API_KEY), env.DATABASE_URL.reveal().hostname, valid);
`;
const PRINTED = "8080 [secret] db.internal true\n";

for (const version of ["this one", 18, 22, 24, 26]) {
  test(`Node ${version}`, () => {
    const folder = withTools({ "main.mjs": SCRIPT });
    const node = version === "this one" ? process.execPath : of(version);
    assert.equal(run(node, ["main.mjs"], { cwd: folder }), PRINTED);
  });
}

test("tsx", () => {
  const folder = withTools({ "main.ts": `${SCRIPT}\nconst port: number = env.PORT;\nexport { port };` });
  assert.equal(run(process.execPath, [tool("tsx/dist/cli.mjs"), "main.ts"], { cwd: folder }), PRINTED);
});

test("vitest", () => {
  const folder = withTools({
    "a.test.ts": `
      import { expect, test } from "vitest";
      import { load } from "envctl";
      test("loads", () => { expect(load().PORT).toBe(8080); expect(\`\${load().API_KEY}\`).toBe("[secret]"); });`,
  });
  for (const pool of ["threads", "forks"]) {
    const printed = run(of(22), [tool("vitest/vitest.mjs"), "run", "--pool", pool], { cwd: folder, env: { NO_COLOR: "1" } });
    assert.match(printed, /Tests {2}1 passed/);
  }
});

test("a build of Vite for a server", () => {
  const folder = withTools({ "main.js": SCRIPT });
  run(process.execPath, [tool("vite/bin/vite.js"), "build", "--ssr", "main.js", "--logLevel", "error"], { cwd: folder });
  assert.equal(run(process.execPath, ["dist/main.js"], { cwd: folder }), PRINTED);
});

for (const bundler of ["--turbopack", "--webpack"]) {
  test(`a build of Next.js for a server, ${bundler}`, () => {
    const folder = withTools({
      "next.config.mjs": 'export default { serverExternalPackages: ["envctl"], turbopack: { root: "/" } };',
      "app/layout.jsx": "export default ({ children }) => <html><body>{children}</body></html>;",
      "app/page.jsx": `
        import { load } from "envctl";
        export default function Page() {
          const env = load();
          return <p>{\`\${env.PORT} \${env.API_KEY} \${env.DATABASE_URL.reveal().hostname}\`}</p>;
        }`,
    });
    const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
    run(process.execPath, [tool("next/dist/bin/next"), "build", bundler], { cwd: folder, env });
    const page = readFileSync(join(folder, ".next/server/app/index.html"), "utf8");
    assert.match(page, /<p>8080 \[secret\] db\.internal<\/p>/);
  });
}

test("worker threads, and an end by itself", () => {
  const folder = withTools({
    "main.mjs": `
      import { Worker } from "node:worker_threads";
      import { Schema } from "envctl";
      const schema = Schema.fromFile("envschema.toml");
      const work = () => new Promise((resolve, reject) => {
        const worker = new Worker(new URL("./worker.mjs", import.meta.url));
        worker.once("message", resolve).once("error", reject);
      });
      const all = await Promise.all([...Array(4)].map(work).concat([...Array(50)].map(() => schema.resolveAsync({ files: [".env"] }))));
      console.log(all.filter((one) => one === 8080 || one.valid).length);
      schema.validateAsync({}); // nobody waits for it`,
    "worker.mjs": `
      import { parentPort } from "node:worker_threads";
      import { Schema } from "envctl";
      const schema = Schema.fromFile("envschema.toml");
      const env = await schema.loadAsync();
      for (let i = 0; i < 100; i++) schema.validate({});
      parentPort.postMessage(env.PORT);`,
  });
  for (const node of [process.execPath, of(26)]) {
    assert.equal(run(node, ["main.mjs"], { cwd: folder, timeout: 30_000 }), "54\n");
  }
});

test("a worker that is ended in the middle of its work", () => {
  const folder = withTools({
    "main.mjs": `
      import { Worker } from "node:worker_threads";
      for (let i = 0; i < 10; i++) {
        const worker = new Worker(new URL("./worker.mjs", import.meta.url));
        await new Promise((resolve) => worker.once("message", resolve));
        await worker.terminate();
      }
      console.log("ended");`,
    "worker.mjs": `
      import { parentPort } from "node:worker_threads";
      import { Schema } from "envctl";
      const schema = Schema.fromFile("envschema.toml");
      for (let i = 0; i < 20; i++) schema.generateSecretAsync("API_KEY").then(() => schema.resolveAsync());
      parentPort.postMessage("begun");`,
  });
  assert.equal(run(process.execPath, ["main.mjs"], { cwd: folder, timeout: 30_000 }), "ended\n");
});

test("contracts that are garbage are closed", () => {
  const folder = withTools({
    "main.mjs": `
      import { Schema } from "envctl";
      const text = "[schema]\\nname = \\"a\\"\\n" + [...Array(200)].map((_, i) => \`[vars.V\${i}]\\nrequired = false\\n\`).join("");
      const rounds = async (count) => {
        for (let i = 0; i < count; i++) { Schema.fromText(text).validate({}); if (i % 50 === 0) await new Promise(setImmediate); }
        gc(); await new Promise(setImmediate); gc();
        return process.memoryUsage().rss;
      };
      await rounds(300);
      const before = await rounds(300), after = await rounds(1500);
      console.log(after - before < 60e6 ? "steady" : \`\${before} \${after}\`);`,
  });
  assert.equal(run(process.execPath, ["--expose-gc", "main.mjs"], { cwd: folder }), "steady\n");
});
