// Gets the official renderer of Adaptive Cards, with which the browser tests draw every card of Teams. Prints where it lies.
//   node scripts/card-renderer.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = join(dirname(fileURLToPath(import.meta.url)), '..', 'artifacts/card-renderer');
const renderer = join(tools, 'node_modules/adaptivecards/dist/adaptivecards.js');

mkdirSync(tools, { recursive: true });
if (!existsSync(renderer)) {
  execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', '--loglevel=error', 'adaptivecards@3.0.5'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
console.log(renderer);
