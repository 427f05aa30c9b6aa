"use strict";

// What an addon is built for. The two C libraries of Linux do not load what was linked to the other.

const { readFileSync } = require("node:fs");

/** The folder of this system's addon under `prebuilds`: `linux-x64-glibc`, `linux-arm64-musl`, `darwin-arm64`. */
function platform() {
  const system = `${process.platform}-${process.arch}`;
  return process.platform === "linux" ? `${system}-${libc()}` : system;
}

/** The C library: the one in memory, which is known sooner than Node has written a report. */
function libc() {
  const memory = mapped();
  if (memory.includes("/ld-musl-")) {
    return "musl";
  }
  return /\/libc(\.so\.6|-2\.\d+\.so)/.test(memory) || reported() ? "glibc" : "musl";
}

function mapped() {
  try {
    return readFileSync("/proc/self/maps", "latin1");
  } catch {
    return "";
  }
}

function reported() {
  const { report } = process;
  // A report looks up the names of every connection, unless it is told not to.
  const before = report.excludeNetwork;
  report.excludeNetwork = true;
  try {
    return report.getReport().header.glibcVersionRuntime;
  } finally {
    report.excludeNetwork = before;
  }
}

module.exports = { platform };
