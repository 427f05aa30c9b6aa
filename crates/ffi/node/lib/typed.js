"use strict";

const { Secret } = require("./secret.js");

/**
 * The frozen object of `load()`: checked values, secrets behind `reveal()`, URLs as `URL`. `answer` is the text that the
 * resolution was read from.
 */
function typedObject({ values, typed, provenance }, answer) {
  const object = {};
  const exact = isRounded(Object.values(typed).flat()) ? exactly(answer) : typed;
  for (const name of Object.keys(typed)) {
    const { type, visibility } = provenance[name];
    const make = valueOf(type, typed[name], exact[name], values[name]);
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
function valueOf(type, typed, exact, text) {
  if (type === "url") {
    return () => urlOf(text);
  }
  let value = typed;
  if (type === "integer" || type === "bytes") {
    value = wholeOf(typed, exact);
  } else if (type === "list" && Array.isArray(typed)) {
    value = typed.map((item, index) => wholeOf(item, exact[index]));
  }
  const frozen = deepFrozen(value);
  return () => frozen;
}

const isRounded = (values) => values.some((value) => Number.isInteger(value) && !Number.isSafeInteger(value));

/** A whole number as it is: beyond 2^53 as a `bigint`. */
function wholeOf(typed, exact) {
  return typeof exact === "string" && isRounded([typed]) ? BigInt(exact) : typed;
}

/** The typed values with long whole numbers as texts, since `JSON.parse` rounds them; fractions have a dot or an exponent. */
function exactly(answer) {
  const textsAndNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g;
  const marked = answer.replace(textsAndNumbers, (token) => (token.startsWith('"') ? token : `"${token}"`));
  return JSON.parse(marked).result.typed;
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
