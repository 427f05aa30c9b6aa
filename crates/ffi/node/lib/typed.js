"use strict";

const { Secret } = require("./secret.js");

/** The frozen object of `load()`: checked values, secrets behind `reveal()`, URLs as `URL`. */
function typedObject({ values, typed, provenance }) {
  const object = {};
  for (const name of Object.keys(typed)) {
    const { type, visibility } = provenance[name];
    const make = valueOf(type, typed[name], values[name]);
    // Defined and not set: `__proto__` would be the prototype.
    Object.defineProperty(object, name, { value: visibility === "secret" ? new Secret(make) : make(), enumerable: true });
  }
  for (const name of Object.keys(provenance)) {
    if (!Object.hasOwn(typed, name) && name in object) {
      // Without a value, and not to be taken for what every object has by that name.
      Object.defineProperty(object, name, { value: undefined });
    }
  }
  return Object.freeze(object);
}

/** A function that gives the value; a URL is made anew for each who asks, as it can be changed. */
function valueOf(type, typed, text) {
  if (type === "url") {
    return () => urlOf(text);
  }
  if (typeof typed === "number" && type !== "number" && type !== "duration" && !Number.isSafeInteger(typed)) {
    const exact = BigInt(text);
    return () => exact;
  }
  const frozen = deepFrozen(typed);
  return () => frozen;
}

/** Some URLs that a contract allows name several hosts with ports; `URL` cannot hold them, and they stay text. */
function urlOf(text) {
  try {
    return new URL(text);
  } catch {
    return text;
  }
}

function deepFrozen(value) {
  if (value !== null && typeof value === "object") {
    Object.values(value).forEach(deepFrozen);
    Object.freeze(value);
  }
  return value;
}

module.exports = { typedObject };
