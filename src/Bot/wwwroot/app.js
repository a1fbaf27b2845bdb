'use strict';

const person = new URLSearchParams(location.search).get('user') || 'you';
const problem = document.getElementById('problem');
let session;

// Says a line in the chat as if it were typed; nothing before the chat is there.
let sayLine = () => {};

function say(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

async function post(path, body, token) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { ...(body instanceof FormData ? {} : { 'Content-Type': 'application/json' }), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: body instanceof FormData ? body : JSON.stringify(body ?? {}),
  });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(content?.error?.message ?? `The server answered ${answer.status}.`);
  return content;
}

// Two people in one browser share its cookie, so a page proves who it is with its own token from the first answer on.
const mine = (given) => given.conversationId === `local-${person.toLowerCase()}`;

async function token() {
  try {
    session = { ...session, ...await post('/v3/directline/tokens/refresh', {}, session.token) };
  } catch {
    const given = await post('/v3/directline/tokens/generate');
    if (!mine(given)) throw new Error(`another page made this browser somebody else; open this one again to be ${person}.`);
    session = given;
  }
  return session.token;
}

// A token lasts half an hour; it is renewed long before, so that a page that stays open needs no cookie.
setInterval(() => session && token().catch(() => {}), 10 * 60 * 1000);

const choose = document.getElementById('person');
if (![...choose.options].some((option) => option.value === person)) choose.append(new Option(person, person));
choose.value = person;
choose.addEventListener('change', () => { location.search = `?user=${choose.value}`; });

async function startChat() {
  session = await post('/v3/directline/tokens/generate');
  if (!mine(session)) { location.reload(); return; }
  const directLine = window.WebChat.createDirectLine({
    token: session.token,
    conversationId: session.conversationId,
    domain: `${location.origin}/v3/directline`,
    webSocket: true,
  });
  // What is typed before the line is open would be lost in the chat's own waiting.
  directLine.connectionStatus$.subscribe((status) => { document.body.dataset.line = status === 2 ? 'open' : 'closed'; });
  const store = window.WebChat.createStore();
  sayLine = (text) => store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { method: 'keyboard', text } });
  watchBeginning(store);
  window.WebChat.renderWebChat({
    directLine,
    store,
    userID: `local-${person}`,
    username: person,
    locale: 'en-US',
    adaptiveCardsHostConfig: {
      supportsInteractivity: true,
      fontFamily: '"Segoe UI", "DejaVu Sans", sans-serif',
      actions: { actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8, maxActions: 6, showCard: { actionMode: 'inline', inlineTopMargin: 12 } },
    },
    styleOptions: {
      sendAttachmentOn: 'attach',
      bubbleMaxWidth: 640,
      bubbleBorderRadius: 8,
      bubbleFromUserBorderRadius: 8,
      bubbleFromUserBackground: '#e3ebff',
      adaptiveCardsParserMaxVersion: '1.6',
      hideUploadButton: false,
      suggestedActionLayout: 'flow',
      primaryFont: '"Segoe UI", "DejaVu Sans", sans-serif',
    },
  }, document.getElementById('chat'));
  document.querySelector('#chat > *')?.focus();
}

// An empty page says what can be said; it goes with the first message.
function watchBeginning(store) {
  const hello = document.getElementById('hello');
  const look = () => { hello.hidden = document.body.dataset.line !== 'open' || store.getState().activities.some((activity) => activity.type === 'message'); };
  store.subscribe(look);
  for (const button of hello.querySelectorAll('button'))
    button.addEventListener('click', () => sayLine(button.dataset.says));
}

function watchFiles() {
  const drop = document.getElementById('drop');
  let depth = 0;
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  addEventListener('dragenter', (event) => { if (hasFiles(event)) { depth++; drop.hidden = false; event.preventDefault(); } });
  addEventListener('dragover', (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener('dragleave', () => { depth = Math.max(0, depth - 1); drop.hidden = depth === 0; });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    drop.hidden = true;
    send([...event.dataTransfer.files]);
  });
}

async function send(files) {
  if (files.length === 0) return;
  say('');
  const form = new FormData();
  const activity = {
    type: 'message',
    channelData: { clientActivityID: crypto.randomUUID() },
    attachments: files.map((file) => ({ contentType: file.type || 'application/octet-stream', name: file.name })),
  };
  form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }), 'blob');
  for (const file of files) form.append('file', file, file.name);
  try {
    await post(`/v3/directline/conversations/${session.conversationId}/upload`, form, await token());
  } catch (fault) {
    say(`The files were not taken: ${fault.message}`);
  }
}

function when(happened) {
  const time = document.createElement('time');
  time.dateTime = happened.at;
  time.textContent = new Date(happened.at).toLocaleString('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });
  return time;
}

// For whoever checks the audit trail; nobody else has to look at it.
function checkpoint(happened) {
  const quiet = document.createElement('details');
  quiet.className = 'quiet';
  const summary = document.createElement('summary');
  summary.append(happened.action, ' · ', when(happened));
  quiet.append(summary, happened.reason);
  return quiet;
}

function line(happened) {
  const entry = document.createElement('li');
  entry.className = happened.severity.toLowerCase();
  if (happened.kind === 'Checkpoint') {
    entry.append(checkpoint(happened));
    return entry;
  }

  const head = document.createElement('div');
  head.className = 'head';
  const name = document.createElement('b');
  name.textContent = happened.campaign;
  head.append(name);
  if (happened.simulated) {
    const mark = document.createElement('span');
    mark.className = 'mark';
    mark.textContent = 'simulated';
    head.append(mark);
  }
  head.append(when(happened));
  const action = document.createElement('div');
  action.textContent = happened.action;
  const why = document.createElement('div');
  why.className = 'why';
  why.textContent = [happened.reason, happened.impact].filter(Boolean).join(' · ').replace(/[0-9a-f]{24,}/g, (digits) => `${digits.slice(0, 12)}…`);
  why.title = happened.reason ?? '';
  entry.append(head, action, why);
  if (happened.handle) {
    const view = document.createElement('button');
    view.textContent = 'View incident';
    view.title = happened.handle;
    view.addEventListener('click', () => sayLine(`view incident ${happened.handle}`));
    entry.append(view);
  }
  return entry;
}

function watchFeed() {
  const feed = document.getElementById('feed');
  const clock = document.getElementById('clock');
  const source = new EventSource('/feed');
  watchSession(source);
  const seen = new Set();
  const reminders = new Map();
  let known = null;
  let most = 100;
  const show = (happened) => {
    if (seen.has(happened.id)) return;
    seen.add(happened.id);
    const entry = line(happened);
    entry.dataset.id = happened.id;
    entry.dataset.order = `${happened.at}|${String(happened.id).padStart(12, '0')}`;
    // Of one incident's reminders the last one is enough.
    if (happened.reminder) {
      const other = reminders.get(happened.incident);
      if (other?.dataset.order > entry.dataset.order) return;
      other?.remove();
      reminders.set(happened.incident, entry);
    }
    feed.insertBefore(entry, [...feed.children].find((other) => other.dataset.order < entry.dataset.order) ?? null);
    while (feed.children.length > most) {
      seen.delete(Number(feed.lastChild.dataset.id));
      feed.lastChild.remove();
    }
  };
  source.addEventListener('feed', (event) => show(JSON.parse(event.data)));
  const older = document.getElementById('older');
  older.addEventListener('click', async () => {
    const last = feed.lastElementChild?.dataset.id ?? 0;
    let before = last;
    // A page may hold nothing but reminders of which a later one is shown already.
    do {
      const answer = await fetch(`/feed/older?before=${before}`).catch(() => null);
      if (!answer?.ok) return;
      const page = await answer.json();
      most += page.events.length;
      page.events.forEach(show);
      before = page.before;
    } while (before !== null && feed.lastElementChild.dataset.id === last);
    older.hidden = before === null;
  });
  source.addEventListener('clock', (event) => {
    const { now, speed } = JSON.parse(event.data);
    known = { at: Date.parse(now), speed, since: performance.now() };
  });
  source.addEventListener('error', () => { known = null; clock.textContent = ''; });
  setInterval(() => {
    if (!known) return;
    const now = new Date(known.at + (performance.now() - known.since) * known.speed);
    const text = now.toLocaleString('en-GB', { weekday: 'short', day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });
    clock.textContent = known.speed > 1 ? `Campaign time ${text} · ${known.speed}× as fast` : `Campaign time ${text}`;
  }, 250);
}

let lost = false;

// After a restart the session is gone: as soon as the bot answers again the page opens a new one, in the same conversation.
function watchSession(source) {
  source.addEventListener('open', () => { if (lost) say(''); lost = false; });
  source.addEventListener('error', () => {
    if (lost) return;
    lost = true;
    document.body.dataset.line = 'closed';
    say('The bot does not answer. What you type now is not sent; this page opens again by itself as soon as it does.');
    const asks = setInterval(async () => {
      const answer = await fetch('/whoami').catch(() => null);
      if (!answer) return;
      clearInterval(asks);
      if (answer.status === 401) { keepUnsent(); location.reload(); }
    }, 1000);
  });
}

const unsent = 'unsent';
const sendBox = () => document.querySelector('[data-id="webchat-sendbox-input"]');

function keepUnsent() {
  const text = sendBox()?.value.trim();
  if (text) sessionStorage.setItem(unsent, text);
}

// What stood in the box when the line broke stands there again.
function restoreUnsent() {
  const text = sessionStorage.getItem(unsent);
  if (!text) return;
  const asks = setInterval(() => {
    const box = sendBox();
    if (!box) return;
    clearInterval(asks);
    sessionStorage.removeItem(unsent);
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'value').set.call(box, text);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, 200);
}

restoreUnsent();

// A link in an alert leads to its incident: asked for once, as soon as the line is open.
function askForIncident() {
  const address = new URL(location.href);
  const incident = address.searchParams.get('incident');
  if (!/^i\d{1,9}$/.test(incident ?? '')) return;
  address.searchParams.delete('incident');
  const asks = setInterval(() => {
    if (document.body.dataset.line !== 'open') return;
    clearInterval(asks);
    history.replaceState(null, '', address);
    sayLine(`view incident ${incident}`);
  }, 100);
}

askForIncident();

// While the line is closed nothing is sent, and nothing looks as if it were.
function holdWhileClosed(event) {
  if (document.body.dataset.line !== 'closed') return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.getElementById('chat').addEventListener('keydown', (event) => { if (event.key === 'Enter') holdWhileClosed(event); }, true);
document.getElementById('chat').addEventListener('click', (event) => { if (event.target.closest('button')) holdWhileClosed(event); }, true);

// Once an account is live, nobody chooses here who they are, and nothing says that all money is simulated.
async function watchPerson() {
  const answer = await fetch('/whoami');
  if (!answer.ok) return;
  const { demonstration } = await answer.json();
  choose.closest('label').hidden = !demonstration;
  document.getElementById('money').hidden = !demonstration;
}

startChat().catch((fault) => say(`The chat could not be opened: ${fault.message}`));
watchFiles();
watchFeed();
watchPerson();
