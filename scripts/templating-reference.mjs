// Runs every case of the template engine's table, and every card over its sample, through the official engine from npm, so that ours can be held
// against it.
//   node scripts/templating-reference.mjs            writes reference.json and cards.reference.json in tests/Adapters.Tests/Chat/Templating
//   node scripts/templating-reference.mjs --check    exits with 1 when those files say something else
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
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
const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const expanded = (template, data) => {
  try {
    return new engine.Template(template).expand({ $root: data });
  } catch (fault) {
    return { throws: String(fault?.message ?? fault).split('\n')[0] };
  }
};

const { data, cases } = read(tests, 'cases.json');
const names = readdirSync(join(root, 'cards')).filter((file) => /^[a-z-]+\.json$/.test(file)).map((file) => file.replace('.json', '')).sort();
const answers = {
  'reference.json': Object.fromEntries(cases.map(({ name, template }) => [name, expanded(template, data)])),
  'cards.reference.json': Object.fromEntries(names.map((name) => [name, expanded(read(root, 'cards', `${name}.json`), read(root, 'cards', `${name}.sample.json`))])),
};

for (const [name, answer] of Object.entries(answers)) {
  const text = `${JSON.stringify(answer, null, 2)}\n`;
  const file = join(tests, name);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`The official template engine answers otherwise than ${name} says; run node scripts/templating-reference.mjs and look at the change.`);
    process.exit(1);
  }
}
