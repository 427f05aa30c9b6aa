"use strict";

// Options by name. One that is mistyped would be passed over in silence: it is told, with the one that was meant.

const { EnvctlError } = require("./errors.js");

const INPUT = [
  "env", "files", "environment", "profile", "set", "outputs", "example", "dialect", "facts", "generate",
];

/** What each method takes. */
const OPTIONS = {
  fromText: ["name"],
  describe: ["environment", "profile"],
  // The environment to judge stands in front of the options.
  validate: [...INPUT.filter((name) => name !== "env"), "complete"],
  resolve: [...INPUT, "complete"],
  load: [...INPUT, "complete"],
  explain: INPUT,
  exportAs: [...INPUT, "update", "typed", "object", "arn", "allowInvalid", "masks"],
  generateSecret: ["prefix"],
  lint: ["readers"],
};

/** What options are made of in turn, with what people call it. */
const PARTS = {
  source: { what: "a file", names: ["path", "name", "text", "optional"] },
  outputs: { what: "`outputs`", names: ["path", "name", "text", "optional", "json"] },
  json: { what: "`outputs` with `json`", names: ["json", "name"] },
  facts: { what: "`facts`", names: ["region", "account"] },
  object: { what: "`object`", names: ["name", "namespace"] },
};

/** The options of a method, if every one of them is one; `more` are those of one caller alone. */
function optionsOf(method, given, more = []) {
  return checked(given, [...OPTIONS[method], ...more], `the options of \`${method}\``);
}

/** A part of the options, such as a file, if every name in it is one. */
function partOf(part, given) {
  return checked(given, PARTS[part].names, PARTS[part].what);
}

function checked(given, names, what) {
  const known = `known are ${names.join(", ")}`;
  if (given === null || typeof given !== "object" || Array.isArray(given)) {
    throw mistake(`expected an object for ${what}`, known);
  }
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      const near = nearest(name, names);
      throw mistake(`\`${name}\` is unknown in ${what}`, near ? `did you mean \`${near}\`?` : known);
    }
  }
  return given;
}

const mistake = (message, help) => new EnvctlError({ code: "options", message, help });

/** The name that was most likely meant: a third of its letters may be wrong. */
function nearest(name, names) {
  const [near] = names
    .map((one) => ({ one, edits: distance(name.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, edits }) => edits <= Math.max(1, Math.floor(one.length / 3)))
    .sort((a, b) => a.edits - b.edits);
  return near?.one;
}

/** How many letters have to be put in, taken out, changed, or exchanged with the next. */
function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const edits = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits.push(rows[i - 2][j - 2] + 1);
      }
      rows[i][j] = Math.min(...edits);
    }
  }
  return rows[a.length][b.length];
}

module.exports = { mistake, optionsOf, partOf };
