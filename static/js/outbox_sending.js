// Sends what waits, one entry after the other; the server makes one row of each however often it comes.
import { keepEntry, listEntries, removeEntry } from './outbox_store.js';

const PATIENCE = 20000;
const SYNC = 'outbox';
// Nothing but the one who noted the entries can help these on.
const FOR_PEOPLE = ['signed-out', 'other-account'];
const JSON_ONLY = { Accept: 'application/json' };

// Only a well-formed answer of the program counts: a hotel's Wi-Fi answers everything with a page of its own.
async function ask(url, options) {
  const answer = await fetch(url, { redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout?.(PATIENCE), ...options });
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
  return { status: answer.status, body: isJson ? await answer.json() : {} };
}

function bodyOf(entry) {
  const body = new URLSearchParams(entry.fields);
  body.set('form_key', entry.id);
  body.set('made_at', entry.madeAt);
  body.set('account', entry.account);
  return body;
}

// Returns what became of it: null when it need not wait any longer, else why all the others wait, too.
async function send(entry, url, token, onSent) {
  const { status, body } = await ask(url, { method: 'POST', body: bodyOf(entry), headers: { ...JSON_ONLY, 'X-CSRFToken': token } });
  if (body.saved === true) {
    await removeEntry(entry.id);
    onSent(entry.id);
    return null;
  }
  if (status === 422 && body.errors) return refuse(entry, body.errors);
  if ((status === 403 || status === 413) && body.message) return refuse(entry, [{ field: '', label: '', message: body.message }]);
  if (status === 401) return 'signed-out';
  return body.error === 'other_account' ? 'other-account' : 'later';
}

async function refuse(entry, reasons) {
  await keepEntry({ ...entry, isRefused: true, reasons });
  return null;
}

// For so long the page that was left with an entry may still get its answer. A clock that was put back
// makes nothing wait for longer.
export function isWaiting(entry) {
  const left = entry.notBefore - Date.now();
  return !entry.isRefused && (left <= 0 || left > PATIENCE);
}

async function sendAll(account, url, onSent) {
  const known = await ask(url, { headers: JSON_ONLY });
  if (known.status === 401) return 'signed-out';
  if (!known.body.csrf_token) return 'later';
  if (known.body.account !== account) return 'other-account';
  for (const entry of (await listEntries(account)).filter(isWaiting)) {
    const obstacle = await send(entry, url, known.body.csrf_token, onSent);
    if (obstacle) return obstacle;
  }
  return 'sent';
}

// One tab sends at a time where the browser can tell; two would only do the same work twice.
function alone(action) {
  return navigator.locks ? navigator.locks.request('outbox', action) : action();
}

// Returns 'sent', 'offline', 'signed-out', 'other-account' or 'later'; null when nothing waits. Whatever
// comes of the others, `onSent` gets the id of each that arrived.
export async function sendWaiting(account, url, onSent) {
  if (!(await listEntries(account)).some(isWaiting)) return null;
  try {
    return await alone(() => sendAll(account, url, onSent));
  } catch {
    return 'offline';
  }
}

// After `sendWaiting` with this result: does anything still wait that another try may send?
export async function isLeftToSend(account, result) {
  const entries = await listEntries(account);
  return entries.some((entry) => !entry.isRefused) && !FOR_PEOPLE.includes(result);
}

// Lets the browser send later even when every page is closed, where it can do that (worker_sending.js).
export async function askToSendLater() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register(SYNC);
  } catch { /* it may not: what waits is sent when a page opens */ }
}
