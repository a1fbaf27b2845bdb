// Compiles every card as it looks in Slack against the types that Slack publishes: what has another shape is named, and this exits with 1.
//   node scripts/slack-types.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = ['@slack/types@3.2.0', 'typescript@5.9.3'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cards = join(root, 'tests/Adapters.Tests/Chat/Slack/Golden');
const tools = join(root, 'artifacts/slack-types');
const compiler = join(tools, 'node_modules/typescript/bin/tsc');

mkdirSync(tools, { recursive: true });
if (!existsSync(compiler)) {
  execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', '--loglevel=error', ...packages], { stdio: 'inherit' });
}

const names = readdirSync(cards).filter((file) => file.endsWith('.slack.json')).sort();
const shown = names.map((name, index) => {
  const { blocks, windows, home } = JSON.parse(readFileSync(join(cards, name), 'utf8'));
  return [
    `// ${name}`,
    `export const message${index}: KnownBlock[] = ${JSON.stringify(blocks, null, 2)};`,
    `export const windows${index}: ModalView[] = ${JSON.stringify(windows, null, 2)};`,
    ...(home ? [`export const home${index}: HomeView = ${JSON.stringify(home, null, 2)};`] : []),
  ].join('\n');
});
writeFileSync(join(tools, 'cards.ts'), `import type { HomeView, KnownBlock, ModalView } from '@slack/types';\n${shown.join('\n')}\n`);

try {
  execFileSync(process.execPath, [compiler, '--noEmit', '--strict', '--skipLibCheck', '--moduleResolution', 'node', join(tools, 'cards.ts')], { encoding: 'utf8' });
} catch (fault) {
  const lines = readFileSync(join(tools, 'cards.ts'), 'utf8').split('\n');
  for (const line of String(fault.stdout).split('\n').filter(Boolean)) {
    const at = Number(/cards\.ts[(:](\d+)/.exec(line)?.[1] ?? 1);
    console.error(`${lines.slice(0, at).findLast((one) => one.startsWith('// ')) ?? ''}: ${line}`);
  }
  process.exit(1);
}
console.log(`${names.length} cards have the shapes that Slack publishes.`);
