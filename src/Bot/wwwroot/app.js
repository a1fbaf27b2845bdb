'use strict';

const person = new URLSearchParams(location.search).get('user') || 'you';
const problem = document.getElementById('problem');
const onTheWay = 'on the way';
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
  // What is chosen with the paperclip goes the way of what is dropped.
  const carrier = () => (next) => (action) => {
    const chosen = action.type === 'WEB_CHAT/SEND_MESSAGE' ? (action.payload.attachments ?? []).map((one) => one.blob).filter((blob) => blob instanceof File) : [];
    if (chosen.length === 0) return next(action);
    send(chosen);
    // Nothing of it is left in the chat's own box, and the same file can be chosen again.
    queueMicrotask(() => store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX_ATTACHMENTS', payload: { attachments: [] } }));
    for (const input of document.querySelectorAll('input[type="file"]')) input.value = '';
    return action.payload.text ? next({ ...action, payload: { ...action.payload, attachments: undefined } }) : undefined;
  };
  const store = window.WebChat.createStore({}, carrier);
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
    // A folder looks like a file that cannot be read.
    const folders = new Set([...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory).map((entry) => entry.name));
    send([...event.dataTransfer.files].filter((file) => !folders.has(file.name)));
    if (folders.size) say(`Folders are not taken (${[...folders].join(', ')}): drop the files themselves.`);
  });
}

const weights = (bytes) => bytes >= 2 ** 30 ? `${+(bytes / 2 ** 30).toFixed(1)} GB` : bytes >= 2 ** 20 ? `${+(bytes / 2 ** 20).toFixed(1)} MB` : bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} bytes`;
const named = (files) => files.length === 1 ? files[0].name : `${files.length} files`;

// As many as one message takes; what is too heavy is never read, only its name and size are told.
function parcels(files, limits) {
  const heavy = files.filter((file) => file.size > limits.file);
  const made = [];
  let weight = 0;
  for (const file of files.filter((one) => one.size <= limits.file)) {
    const last = made.at(-1);
    if (last && last.files.length < limits.files && weight + file.size < limits.together - 1024 * 1024) last.files.push(file);
    else { made.push({ files: [file], heavy: [] }); weight = 0; }
    weight += file.size;
  }
  if (heavy.length && (made.length === 0 || made[0].files.length + heavy.length > limits.files)) made.unshift({ files: [], heavy });
  else if (heavy.length) made[0].heavy = heavy;
  return made.map((one) => ({ ...one, id: crypto.randomUUID() }));
}

function formOf({ files, heavy, id }) {
  const form = new FormData();
  const all = [...files, ...heavy];
  const activity = {
    type: 'message',
    channelData: { clientActivityID: id, leftBehind: heavy.map((file) => ({ name: file.name, bytes: file.size })) },
    attachments: all.map((file) => ({ contentType: file.type || 'application/octet-stream', name: file.name })),
  };
  form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }), 'blob');
  for (const file of files) form.append('file', file, file.name);
  return form;
}

// A request that says how far it is; fetch does not.
async function carry(parcel, told) {
  const bearer = await token();
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v3/directline/conversations/${session.conversationId}/upload`);
    request.setRequestHeader('Authorization', `Bearer ${bearer}`);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => told(event.total ? event.loaded / event.total : 0));
    request.addEventListener('load', () => request.status < 300 ? done() : failed(Object.assign(new Error(request.response?.error?.message ?? `The server answered ${request.status}.`), { answered: true })));
    for (const name of ['error', 'abort', 'timeout'])
      request.addEventListener(name, () => failed(new Error('the line broke, or a file cannot be read.')));
    request.send(formOf(parcel));
  });
}

const sending = document.getElementById('sending');
let queue = Promise.resolve();

// One after another, in the order in which they were dropped.
function send(files) {
  if (files.length === 0) return;
  queue = queue.then(async () => {
    say('');
    for (const parcel of parcels(files, await limits())) await sendOne(parcel);
  });
}

let uploads = null;
async function limits() {
  const answer = uploads ? null : await fetch('/whoami').catch(() => null);
  if (answer?.ok) uploads = (await answer.json()).uploads;
  return uploads ?? { file: 500 * 2 ** 20, together: 600 * 2 ** 20, files: 30 };
}

async function sendOne(parcel) {
  const what = `${named([...parcel.files, ...parcel.heavy])} (${weights(parcel.files.reduce((sum, file) => sum + file.size, 0))})`;
  sessionStorage.setItem(onTheWay, what);
  try {
    sending.replaceChildren(`Sending ${what} …`);
    sending.hidden = false;
    await carry(parcel, (share) => { sending.textContent = `Sending ${what}: ${Math.floor(share * 100)} %`; });
    sending.hidden = true;
    sessionStorage.removeItem(onTheWay);
  } catch (fault) {
    if (fault.answered) sessionStorage.removeItem(onTheWay);
    const again = document.createElement('button');
    const leave = document.createElement('button');
    again.textContent = 'Send again';
    leave.textContent = 'Leave it';
    again.addEventListener('click', () => { sending.hidden = true; queue = queue.then(() => sendOne(parcel)); });
    leave.addEventListener('click', () => { sending.hidden = true; sessionStorage.removeItem(onTheWay); });
    sending.replaceChildren(`${what} was not taken: ${fault.message} `, again, ' ', leave);
  }
}

// What was on its way when the bot went away is gone with the page.
function tellLost() {
  const what = sessionStorage.getItem(onTheWay);
  sessionStorage.removeItem(onTheWay);
  if (what) say(`The line broke while ${what} was being sent. Unless it stands in the chat, it was not taken: drop it again.`);
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
tellLost();

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
