// Holds the manifest of the Teams app, in every variant that teams-package.mjs makes, against the schema that Microsoft publishes: what is wrong is named, and this exits with 1.
//   node scripts/teams-schema.mjs [manifest.json]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = ['@microsoft/app-manifest@1.1.2'];
const here = dirname(fileURLToPath(import.meta.url));
const tools = join(here, '../artifacts/teams-schema');
const schemas = join(tools, 'node_modules/@microsoft/app-manifest/build/json-schemas/teams');

mkdirSync(tools, { recursive: true });
if (!existsSync(schemas)) {
  execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...packages], { stdio: 'inherit' });
}

const require = createRequire(join(tools, 'node_modules/@microsoft/app-manifest/package.json'));
const load = (name) => require(name).default ?? require(name);
const [draft4, newer, formats] = [load('ajv-draft-04'), load('ajv'), load('ajv-formats')];

// The packages hold the manifest first, stored as it is.
const packed = (more) => {
  const file = join(tools, 'package.zip');
  execFileSync(process.execPath, [join(here, 'teams-package.mjs'), '--app', '12345678-90ab-cdef-1234-567890abcdef', '--address', 'campaigns.example.com', '--organisation', 'Example Ltd', '--out', file, ...more]);
  const bytes = readFileSync(file);
  const begins = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  return JSON.parse(bytes.subarray(begins, begins + bytes.readUInt32LE(18)).toString('utf8'));
};

const variants = process.argv[2]
  ? [[process.argv[2], JSON.parse(readFileSync(process.argv[2], 'utf8'))]]
  : [[], ['--mentions-only'], ['--targeted'], ['--mentions-only', '--targeted'], ['--tab'], ['--mentions-only', '--tab']].map((more) => [`teams-package.mjs ${more.join(' ')}`.trim(), packed(more)]);

let wrong = 0;
for (const [name, manifest] of variants) {
  const file = join(schemas, `v${manifest.manifestVersion}`, 'MicrosoftTeams.schema.json');
  if (!existsSync(file)) {
    console.error(`${name}: there is no schema of version ${manifest.manifestVersion} in ${packages[0]}.`);
    wrong++;
    continue;
  }

  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const judge = new (String(schema.$schema).includes('draft-04') ? draft4 : newer)({ strict: false, allErrors: true, logger: false });
  formats(judge);
  const isRight = judge.compile(schema);
  if (!isRight(manifest)) {
    for (const fault of isRight.errors) console.error(`${name}: ${fault.instancePath || '/'} ${fault.message} ${JSON.stringify(fault.params)}`);
    wrong++;
  }
}

if (wrong) process.exit(1);
console.log(`The manifest is as Microsoft's schema wants it, in ${variants.length} variants.`);
