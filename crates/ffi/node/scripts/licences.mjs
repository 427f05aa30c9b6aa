// The licences that go with the addon: this project's own, and those of the crates that are linked into it.

import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes them into the folder of the package; `root` is the workspace. */
export function licences(root, folder) {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(join(root, name), join(folder, name));
  }
  writeFileSync(join(folder, "THIRD-PARTY.md"), notices(linked(root)));
}

/** The crates of others that are linked into the library, and the few that only features of its tools add. */
function linked(root) {
  const run = (program, args) => execFileSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  const host = /^host: (.*)$/m.exec(run(process.env.RUSTC ?? "rustc", ["-vV"]))[1];
  const metadata = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host];
  const { packages, resolve } = JSON.parse(run("cargo", metadata));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const reached = new Set();
  const waiting = [packages.find(({ name }) => name === "envctl-ffi").id];
  for (let id = waiting.pop(); id; id = waiting.pop()) {
    if (!reached.has(id)) {
      reached.add(id);
      // What builds or tests is not linked.
      const deps = nodes.get(id).deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null));
      waiting.push(...deps.map(({ pkg }) => pkg));
    }
  }
  const others = packages.filter(({ id, source }) => reached.has(id) && source !== null);
  return others.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function notices(crates) {
  const lines = ["# What is linked into the addon", "", "| crate | licence | source |", "|---|---|---|",
    "| the standard library of Rust | MIT OR Apache-2.0 | https://github.com/rust-lang/rust |"];
  const texts = new Map();
  for (const { name, version, license, repository, manifest_path: manifest } of crates) {
    lines.push(`| ${name} ${version} | ${license ?? "see its text"} | ${repository ?? ""} |`);
    const from = dirname(manifest);
    for (const file of readdirSync(from).filter((file) => /^(licen[cs]e|copying|notice)[^/]*$/i.test(file)).sort()) {
      const text = readFileSync(join(from, file), "utf8").trim();
      texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
    }
  }
  for (const [text, names] of texts) {
    lines.push("", `## ${[...new Set(names)].join(", ")}`, "", "````text", text, "````");
  }
  return `${lines.join("\n")}\n`;
}
