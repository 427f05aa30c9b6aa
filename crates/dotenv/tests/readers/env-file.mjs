// A program that takes `--env-file`, started once for each text: `node env-file.mjs NAME PROGRAM`. What it adds to its
// environment is the answer.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [name, program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'readers-'));
const env = { PATH: '/usr/bin:/bin', HOME: folder, DENO_DIR: join(folder, '.deno'), NO_COLOR: '1' };
const script = join(folder, 'print.mjs');
const all = name === 'deno' ? 'Deno.env.toObject()' : 'process.env';
writeFileSync(script, `console.log(JSON.stringify(${all}))`);
const args = {
  bun: ['--env-file=read.env', script],
  deno: ['run', '--quiet', '--no-prompt', '--allow-env', '--env-file=read.env', script],
}[name];

function ask(text) {
  writeFileSync(join(folder, 'read.env'), text);
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) return { error: stderr };
  return { values: JSON.parse(stdout) };
}

try {
  const before = ask('\n').values;
  const answers = JSON.parse(readFileSync(0, 'utf8')).map((text) => {
    const answer = ask(text);
    if (!answer.values) return answer;
    const added = Object.entries(answer.values).filter(([key, value]) => before[key] !== value);
    return { values: Object.fromEntries(added) };
  });
  process.stdout.write(JSON.stringify(answers));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
