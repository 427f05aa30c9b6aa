// util.parseEnv of the Node.js that runs this: what `--env-file` uses.
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

const answers = JSON.parse(readFileSync(0, 'utf8')).map((text) => ({ values: { ...parseEnv(text) } }));
process.stdout.write(JSON.stringify(answers));
