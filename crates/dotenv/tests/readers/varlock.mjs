// varlock, started once for each text, in a folder whose schema makes every variable optional: `node varlock.mjs CLI`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = process.argv[2];
const root = mkdtempSync(join(tmpdir(), 'readers-'));

function ask(text) {
  const folder = mkdtempSync(join(root, 'project-'));
  // One name of ours, as it takes no schema without any.
  const names = new Set(['ENVCTL_NONE'].concat(Array.from(text.matchAll(/([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=/g), (match) => match[1])));
  const schema = [...names].map((name) => `# @optional @public @type=string\n${name}=\n`).join('\n');
  writeFileSync(join(folder, '.env.schema'), schema);
  writeFileSync(join(folder, '.env'), text);
  const env = { PATH: '/usr/bin:/bin', HOME: root, DO_NOT_TRACK: '1', VARLOCK_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  const child = spawn(process.execPath, [cli, 'load', '--format', 'json'], { cwd: folder, env });
  let output = '';
  let messages = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (messages += data));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      if (code !== 0) return resolve({ error: messages || output || `exit code ${code}` });
      const values = Object.entries(JSON.parse(output)).filter(([name, value]) => name !== 'ENVCTL_NONE' && value !== null);
      resolve({ values: Object.fromEntries(values.map(([name, value]) => [name, String(value)])) });
    });
  });
}

try {
  const texts = JSON.parse(readFileSync(0, 'utf8'));
  const answers = new Array(texts.length);
  let next = 0;
  const worker = async () => {
    while (next < texts.length) {
      const at = next++;
      answers[at] = await ask(texts[at]);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  process.stdout.write(JSON.stringify(answers));
} finally {
  rmSync(root, { recursive: true, force: true });
}
