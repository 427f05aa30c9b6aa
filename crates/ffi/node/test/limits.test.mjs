// Answers that no text of JavaScript can hold.

import assert from "node:assert/strict";
import { freemem } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { here, project, run } from "./support.mjs";

const NEEDED = 4e9;

// In a process of its own: older versions of Node ended theirs, and the memory is given back.
test("an answer that is too long is an error", { skip: freemem() < NEEDED && "4 GB of memory are needed" }, () => {
  const folder = project({
    "main.cjs": `
      const { Schema } = require(${JSON.stringify(join(here, "lib/index.js"))});
      const schema = Schema.fromText('schema.name = "a"\\nvars.K = {}\\n');
      // Six bytes each in JSON, and twice in the answer.
      const env = { K: "\\u0001".repeat(46 << 20) };
      const told = ({ name, code }) => console.log(name, code);
      try { schema.resolve({ env }); } catch (error) { told(error); }
      schema.resolveAsync({ env }).catch(told);`,
  });
  const expected = "RangeError ERR_STRING_TOO_LONG\n".repeat(2);
  assert.equal(run(process.execPath, ["main.cjs"], { cwd: folder }), expected);
});
