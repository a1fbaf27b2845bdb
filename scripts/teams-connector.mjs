// Holds the stand-in of Teams that our tests use, and the bot behind it, against Microsoft's own connector client from npm: whether that believes what the
// stand-in signs and what it does not, brings the bot an activity, and sends, edits, opens and asks as any bot of theirs would.
//   node scripts/teams-connector.mjs --fetch    fetches the client and ends
//   node scripts/teams-connector.mjs '<JSON>'   { service, metadata, token, door, app, secret, tenant, activity, bearer, forged }; answers in JSON
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '4.23.3';
const tools = join(dirname(fileURLToPath(import.meta.url)), '../artifacts/teams-connector');

mkdirSync(tools, { recursive: true });
const require = createRequire(join(tools, 'index.js'));
let connector;
try {
  connector = require('botframework-connector');
} catch {
  execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', '--loglevel=error', `botframework-connector@${version}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  connector = require('botframework-connector');
}

if (process.argv[2] === '--fetch') process.exit(0);

const { service, metadata, token, door, app, secret, tenant, activity, bearer, forged } = JSON.parse(process.argv[2]);
const { ChannelValidation, ConnectorClient, JwtTokenValidation, SimpleCredentialProvider } = connector;

// As a bot of theirs takes what comes in.
ChannelValidation.OpenIdMetadataEndpoint = metadata;
const ours = new SimpleCredentialProvider(app, '');
const believes = async (what) => {
  try {
    return (await JwtTokenValidation.authenticateRequest(structuredClone(activity), `Bearer ${what}`, ours, '')).isAuthenticated;
  } catch {
    return false;
  }
};
const believed = await believes(bearer);
const refused = [];
for (const [name, what] of Object.entries(forged)) if (!(await believes(what))) refused.push(name);

const brought = await fetch(new URL('api/messages', door), {
  method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` }, body: JSON.stringify(activity),
});

// As a bot of theirs says something.
const given = await (await fetch(token, {
  method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: app, client_secret: secret, scope: 'https://api.botframework.com/.default' }),
})).json();
const client = new ConnectorClient({ signRequest: async (request) => { request.headers.set('Authorization', `Bearer ${given.access_token}`); return request; } }, { baseUri: service });
const opened = await client.conversations.createConversation({
  bot: activity.recipient, members: [{ id: activity.from.id }], isGroup: false, tenantId: tenant, channelData: { tenant: { id: tenant } },
});
const sent = await client.conversations.sendToConversation(opened.id, { type: 'message', text: 'said by their client', from: activity.recipient });
await client.conversations.updateActivity(opened.id, sent.id, { type: 'message', text: 'edited by their client', from: activity.recipient });
const member = await client.conversations.getConversationMember(opened.id, activity.from.id);

console.log(JSON.stringify({ believed, refused: refused.sort(), status: brought.status, opened: opened.id, sent: sent.id, member: member.name }));
