"use strict";

const { inspect } = require("node:util");

const HIDDEN = "[secret]";

/** A value that prints as `[secret]` wherever it is printed, and is had by `reveal()` alone. */
class Secret {
  #make;

  /** @param {() => unknown} make gives the value */
  constructor(make) {
    this.#make = make;
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
