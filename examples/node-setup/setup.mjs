// Sets an environment up: takes what an env file, the stack's outputs and generators give, asks for what is missing, and
// writes the env file. Run it again whenever something changes: what is there already is kept, comments and other
// variables too.
//
//   node setup.mjs [CONTRACT] [OUTPUTS] [FILE]
//
// AWS_REGION and AWS_ACCOUNT_ID say where the stack is, if the contract asks.

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { Schema } from "envctl";

const [contract = "../../schema/proliferate.toml", outputs = "../proliferate/outputs.pulumi.json", file = ".env.prod"] =
  process.argv.slice(2);

const schema = Schema.fromFile(contract);
const known = new Map(schema.describe().variables.map((variable) => [variable.name, variable]));
const existing = { path: file, optional: true };
const input = {
  env: {},
  files: [existing],
  outputs,
  facts: { region: process.env.AWS_REGION || undefined, account: process.env.AWS_ACCOUNT_ID || undefined },
  generate: true,
};

/** Answers of the person, and what was made: given again, it stays the same while more is asked. */
const set = {};
const person = prompts();

try {
  await setUp();
} catch (error) {
  console.error(`\n${error.message}\nnothing was written`);
  process.exitCode = 1;
} finally {
  person.leave();
}

async function setUp() {
  for (;;) {
    const { findings, values, provenance } = schema.resolve({ ...input, set });
    for (const [name, { layer }] of Object.entries(provenance)) {
      if (layer === "generated") set[name] = values[name];
    }
    const wanting = findings.find(({ severity, variable }) => severity === "error" && known.has(variable));
    if (!wanting) {
      write(file, schema.exportAs("dotenv", { ...input, set, update: existing }));
      return report(provenance);
    }
    const { name, visibility, example } = known.get(wanting.variable);
    console.log(`\n${wanting.message}`);
    if (wanting.help) console.log(`  ${wanting.help}`);
    set[name] = await person.answers(`${name}${example ? ` (like ${example})` : ""}: `, visibility === "secret");
  }
}

/** Asks on a terminal, without showing secrets; takes lines from a pipe. */
function prompts() {
  let hidden = false;
  const output = new Writable({
    write(chunk, _, written) {
      if (!hidden) process.stdout.write(chunk);
      written();
    },
  });
  // Without a history: it would keep secrets, and give them back for the next question.
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY, historySize: 0 });
  const given = lines[Symbol.asyncIterator]();
  return {
    async answers(question, isSecret) {
      process.stdout.write(question);
      hidden = isSecret;
      const { value, done } = await given.next();
      hidden = false;
      if (done) throw new Error("there are no more answers");
      if (isSecret || !process.stdin.isTTY) process.stdout.write("\n");
      return value;
    },
    leave: () => lines.close(),
  };
}

/** A file for its owner only, whole or not at all. */
function write(path, text) {
  const beside = `${path}.${process.pid}.tmp`;
  const opened = openSync(beside, "wx", 0o600);
  try {
    try {
      writeFileSync(opened, text); // goes on after a short write
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true }); // it holds secrets
    throw error;
  }
}

function report(provenance) {
  const counts = {};
  for (const { layer } of Object.values(provenance)) {
    if (layer) counts[layer] = (counts[layer] ?? 0) + 1;
  }
  const from = Object.entries(counts).map(([layer, count]) => `${layer} (${count})`);
  console.log(`\n${file} is written; values from ${from.join(", ")}`);
  console.log("next:");
  console.log(`  keep ${file} out of git`);
  console.log(`  envctl validate --schema ${contract} --env-file ${file}`);
  console.log(`  envctl run --schema ${contract} --env-file ${file} -- npm start`);
}
