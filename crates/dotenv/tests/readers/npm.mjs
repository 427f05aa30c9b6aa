// Packages of npm, each asked in this process: `node npm.mjs READER`, run where node_modules is.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(process.cwd() + '/');
const silent = { info() {}, error(...words) { silent.failed = words.join(' '); } };

const readers = {
  'node-dotenv': (text) => require('dotenv').parse(text),
  'node-dotenv-fast': (text) => require('dotenv').parse(text, { fast: true }),
  'node-dotenv-16': (text) => require('dotenv-16').parse(text),
  vite: (text) =>
    require('dotenv-expand').expand({ parsed: require('dotenv').parse(text), processEnv: {} }).parsed,
  next: (text) => {
    const { processEnv, resetEnv } = require('@next/env');
    resetEnv();
    silent.failed = undefined;
    const before = { ...process.env };
    const [, parsed] = processEnv([{ path: '.env', contents: text, env: {} }], process.cwd(), silent, true);
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    if (silent.failed) throw new Error(silent.failed);
    return parsed;
  },
  dotenvx: (text) => require('@dotenvx/dotenvx').parse(text, { processEnv: {} }),
};

const read = readers[process.argv[2]];
const answer = (text) => {
  try {
    return { values: { ...read(text) } };
  } catch (error) {
    return { error: String(error.message) };
  }
};
const answers = JSON.parse(readFileSync(0, 'utf8')).map(answer);
process.stdout.write(JSON.stringify(answers));
