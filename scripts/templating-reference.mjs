// Runs every case of the template engine's table through the official engine from npm, so that ours can be held against it.
//   node scripts/templating-reference.mjs            writes tests/Adapters.Tests/Chat/Templating/reference.json
//   node scripts/templating-reference.mjs --check    exits with 1 when that file says something else
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = ['adaptivecards-templating@2.3.1', 'adaptive-expressions@4.22.1'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tests = join(root, 'tests/Adapters.Tests/Chat/Templating');
const tools = join(root, 'artifacts/templating');

mkdirSync(tools, { recursive: true });
const require = createRequire(join(tools, 'index.js'));
let engine;
try {
  engine = require('adaptivecards-templating');
} catch {
  execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', '--loglevel=error', ...packages], { stdio: 'inherit' });
  engine = require('adaptivecards-templating');
}

console.warn = () => {};
const { data, cases } = JSON.parse(readFileSync(join(tests, 'cases.json'), 'utf8'));
const answers = Object.fromEntries(cases.map(({ name, template }) => {
  try {
    return [name, new engine.Template(template).expand({ $root: data })];
  } catch (fault) {
    return [name, { throws: String(fault?.message ?? fault).split('\n')[0] }];
  }
}));

const text = `${JSON.stringify(answers, null, 2)}\n`;
const file = join(tests, 'reference.json');
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('The official template engine answers otherwise than reference.json says; run node scripts/templating-reference.mjs and look at the change.');
  process.exit(1);
}
