// Answers the requests that come as lines of JSON on standard input: what `tests/conformance` of the repository compares
// with other languages.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const native = createRequire(import.meta.url)("../lib/native.js");

for await (const line of createInterface({ input: process.stdin })) {
  const { contract, request } = JSON.parse(line);
  const opened = contract ? native.openPath("envschema.toml") : null;
  const answer = typeof opened === "string" ? opened : native.call(opened, request);
  const later = typeof opened === "string" ? opened : await native.callAsync(opened, request);
  process.stdout.write(JSON.stringify([answer, later]) + "\n");
}
