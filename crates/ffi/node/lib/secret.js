"use strict";

const { inspect } = require("node:util");

const HIDDEN = "[secret]";

/** Where a secret has what no other has. What compares objects deeply looks at such properties, and cannot see values. */
const OWN = Symbol("envctl.own");

/** A value that prints as `[secret]` wherever it is printed, and is had by `reveal()` alone. */
class Secret {
  #make;

  /** @param {() => unknown} make gives the value */
  constructor(make) {
    this.#make = make;
    this[OWN] = Symbol("envctl.secret");
    Object.freeze(this);
  }

  reveal() {
    return this.#make();
  }

  toString() {
    return HIDDEN;
  }

  toJSON() {
    return HIDDEN;
  }

  [Symbol.toPrimitive]() {
    return HIDDEN;
  }

  [inspect.custom]() {
    return HIDDEN;
  }
}

module.exports = { Secret };
