// Makes the app package of Microsoft Teams out of manifest/teams: the manifest with your ids and address in their places, and its two pictures, in one zip.
//   node scripts/teams-package.mjs --app 12345678-90ab-cdef-1234-567890abcdef --address campaigns.example.com --organisation "Example Ltd" [--out campaigns.zip]
//   --mentions-only   asks for no permission to read what does not name the bot
//   --tab             adds the personal tab, and the sign-in that it needs (Teams:PersonalTab)
//   --targeted        says that the bot sends messages which one member sees (Teams:TargetedMessages)
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../manifest/teams');
const fail = (says) => { console.error(says); process.exit(1); };

const crc32 = (bytes) => {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }

  return ~sum >>> 0;
};

let wanted;
try {
  wanted = parseArgs({
    options: {
      app: { type: 'string' }, address: { type: 'string' }, organisation: { type: 'string' }, out: { type: 'string', default: 'campaigns.zip' },
      'mentions-only': { type: 'boolean', default: false }, targeted: { type: 'boolean', default: false }, tab: { type: 'boolean', default: false },
    },
  }).values;
} catch (fault) {
  fail(`${fault.message} It takes --app, --address, --organisation, --out, --mentions-only, --tab and --targeted.`);
}

if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(wanted.app ?? '')) fail('--app is the Microsoft App ID of the Azure Bot, such as 12345678-90ab-cdef-1234-567890abcdef.');
if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(wanted.address ?? '')) fail('--address is the host that leads to the bot, such as campaigns.example.com, without https:// and without a path.');
if (!wanted.organisation || wanted.organisation.length > 32) fail('--organisation is your organisation\'s name, of at most 32 letters.');

const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')
  .replaceAll('00000000-0000-0000-0000-000000000000', wanted.app.toLowerCase())
  .replaceAll('campaigns.example.com', wanted.address.toLowerCase()));
manifest.developer.name = wanted.organisation;

// The program's own: Teams takes a package in the place of another only when its version is higher.
const version = /<VersionPrefix>(\d+\.\d+\.\d+)<\/VersionPrefix>/.exec(readFileSync(join(folder, '../../Directory.Build.props'), 'utf8'));
if (!version) fail('Directory.Build.props names no version of three numbers in VersionPrefix.');
manifest.version = version[1];
if (wanted['mentions-only']) {
  delete manifest.authorization;
  delete manifest.webApplicationInfo;
}

// The chat stays the first thing that is seen of the app.
if (wanted.tab) {
  const address = wanted.address.toLowerCase();
  manifest.staticTabs = [
    { entityId: 'conversations', scopes: ['personal'] },
    { entityId: 'dashboard', name: 'Dashboard', contentUrl: `https://${address}/teams/tab`, scopes: ['personal'] },
  ];
  manifest.webApplicationInfo = { id: manifest.id, resource: `api://${address}/${manifest.id}` };
}

if (wanted.targeted) manifest.bots[0].supportsTargetedMessages = true;

// A zip of three small files, stored as they are.
const files = [['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)], ...['color.png', 'outline.png'].map((name) => [name, readFileSync(join(folder, name))])];
const parts = [];
const entries = [];
let at = 0;
for (const [name, bytes] of files) {
  const known = Buffer.alloc(26);
  known.writeUInt16LE(20, 0);
  known.writeUInt16LE(0x21, 8);
  known.writeUInt32LE(crc32(bytes), 10);
  known.writeUInt32LE(bytes.length, 14);
  known.writeUInt32LE(bytes.length, 18);
  known.writeUInt16LE(name.length, 22);
  const entry = Buffer.alloc(14);
  entry.writeUInt32LE(at, 10);
  entries.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), known, entry, Buffer.from(name));
  const part = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), known, Buffer.from(name), bytes]);
  parts.push(part);
  at += part.length;
}

const directory = Buffer.concat(entries);
const end = Buffer.alloc(22);
end.writeUInt32LE(0x06054b50, 0);
end.writeUInt16LE(files.length, 8);
end.writeUInt16LE(files.length, 10);
end.writeUInt32LE(directory.length, 12);
end.writeUInt32LE(at, 16);
writeFileSync(wanted.out, Buffer.concat([...parts, directory, end]));
console.log(`${wanted.out} is the app package: upload it in the Teams admin centre.`);
