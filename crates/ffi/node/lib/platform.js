"use strict";

// What an addon is built for. The two C libraries of Linux do not load what was linked to the other.

/** The folder of this system's addon under `prebuilds`: `linux-x64-glibc`, `linux-arm64-musl`, `darwin-arm64`. */
function platform() {
  const system = `${process.platform}-${process.arch}`;
  return process.platform === "linux" ? `${system}-${libc()}` : system;
}

function libc() {
  const { report } = process;
  // A report looks up the names of every connection, unless it is told not to.
  const before = report.excludeNetwork;
  report.excludeNetwork = true;
  try {
    return report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
  } finally {
    report.excludeNetwork = before;
  }
}

module.exports = { platform };
