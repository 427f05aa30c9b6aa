"use strict";

/** Something other than the environment is wrong: the contract, a file that cannot be read, an option. */
class EnvctlError extends Error {
  constructor({ code, message, help }) {
    super(help ? `${message}\nhelp: ${help}` : message);
    this.name = "EnvctlError";
    this.code = code;
    this.help = help;
  }
}

/** The environment is not valid. The message tells every finding, and no value. */
class EnvError extends Error {
  constructor({ contract, environment, findings }) {
    super(told([contract, environment].filter(Boolean).join(" "), findings));
    this.name = "EnvError";
    this.contract = contract;
    this.environment = environment ?? null;
    this.findings = findings;
  }
}

function told(subject, findings) {
  const lines = findings.map(({ code, severity, place, message, help }) => {
    const where = place ? `${place.text}: ` : "";
    return `  ${severity}[${code}] ${where}${message}${help ? `\n    = ${help}` : ""}`;
  });
  return [`${subject} is not valid`, ...lines].join("\n");
}

module.exports = { EnvError, EnvctlError };
