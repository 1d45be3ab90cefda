// What waits in this browser for the person who uses it: shown, sent, corrected or thrown away.
import { FORM, fillIn, plainForm, renewDay, showForm } from './kept_form.js';
import { reasonText, showOutbox } from './outbox_list.js';
import { askToSendLater, isLeftToSend, isWaiting, sendWaiting } from './outbox_sending.js';
import { keepEntry, lastAccount, listEntries, rememberAccount, removeEntry, takeSent, useAccount } from './outbox_store.js';

const FIRST_PAUSE = 15000;
const LONGEST_PAUSE = 5 * 60000;
const CORRECTING = '#sua-';

export const section = () => document.querySelector('[data-outbox]');
export const holder = () => document.querySelector('[data-kept-form]');
// Whose entries these are; the account that used this browser last where there is no network.
export let account = null;
let state = null;
// The ids of what was sent, and of what waited when the page last looked.
const sent = new Set();
let waiting = [];
let pause = FIRST_PAUSE;
let timer = 0;
let sending = Promise.resolve();

export const ownEntries = () => listEntries(account.key);

const idsOf = (entries) => entries.map(({ id }) => id);

export async function show() {
  const entries = (await ownEntries()).filter((entry) => entry.isRefused || isWaiting(entry));
  waiting = idsOf(entries.filter(isWaiting));
  const isTold = state === 'sent' || entries.some(isWaiting);
  showOutbox(section(), entries, { state: isTold ? state : null, sentCount: sent.size, actions: { correct, again, discard } });
}

// What waited and is not there any more was sent by another page, or by the worker.
async function countGone(left) {
  const there = new Set(idsOf(left));
  const gone = [...waiting, ...await takeSent(account.key)].filter((id) => !there.has(id));
  for (const id of gone) sent.add(id);
}

// Sends what waits, says what became of it, and comes back while something still waits.
async function sendNow() {
  clearTimeout(timer);
  const sentBefore = sent.size;
  waiting.push(...idsOf((await ownEntries()).filter(isWaiting)));
  const result = await sendWaiting(account.key, section().dataset.url, (id) => sent.add(id));
  const left = await ownEntries();
  await countGone(left);
  if (sent.size > sentBefore && result === null) state = 'sent';
  else if (result) state = result === 'sent' && sent.size === 0 ? null : result;
  pause = result === 'sent' ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
  await show();
  if (left.every((entry) => entry.isRefused)) return;
  timer = setTimeout(send, pause);
  if (await isLeftToSend(account.key, result)) askToSendLater();
}

function send() {
  sending = sending.then(sendNow, sendNow);
  return sending;
}

function comeBack() {
  renewDay();
  send();
}

// Says at once that an entry is kept, and goes on trying.
export async function keepAndSend(entry) {
  await keepEntry(entry);
  // Else some browsers throw away what a site keeps when space is short, or after a week.
  navigator.storage?.persist?.().catch(() => {});
  state = 'offline';
  pause = FIRST_PAUSE;
  await show();
  send();
}

// Nothing brings it back, so it takes a second press.
function discard(entry, button) {
  const label = button.querySelector('span');
  if (label.textContent === button.dataset.sure) removeEntry(entry.id).then(show);
  label.textContent = button.dataset.sure;
}

function again(entry) {
  keepEntry({ ...entry, isRefused: false, reasons: [] }).then(send);
}

function correct(entry) {
  const form = document.querySelector(FORM);
  if (!form) {
    location.assign(`${section().dataset.logUrl}${CORRECTING}${entry.id}`);
    return;
  }
  fillIn(form, entry);
  complain(form, entry.reasons.map(reasonText));
}

export function complain(form, sentences) {
  form.querySelector('.error-summary')?.remove();
  const summary = section().querySelector('[data-outbox-summary]').content.cloneNode(true).firstElementChild;
  for (const sentence of sentences) {
    summary.querySelector('[data-sentences]').append(Object.assign(document.createElement('li'), { textContent: sentence }));
  }
  form.prepend(summary);
  summary.focus();
}

async function correctWhatWasAsked() {
  if (!location.hash.startsWith(CORRECTING)) return;
  const asked = location.hash.slice(CORRECTING.length);
  const entry = (await ownEntries()).find(({ id, isRefused }) => isRefused && id === asked);
  if (entry) correct(entry);
}

async function knowAccount(markup) {
  const { account: key } = section().dataset;
  if (!key) return lastAccount();
  await useAccount(key);
  const form = plainForm(markup);
  if (!form) return lastAccount();
  const name = document.querySelector('.menu-head strong')?.textContent ?? '';
  const seen = { key, form, ward: holder().dataset.ward, name };
  await rememberAccount(seen);
  return seen;
}

function showOffline() {
  if (!account?.form) return;
  document.querySelector('[data-no-form]').hidden = true;
  document.querySelector('[data-has-form]').hidden = false;
  document.querySelector('[data-account-name]').textContent = account.name;
  showForm(holder(), account);
}

// `markup` is the form as it came. Resolves when entries can be kept, not when all are sent.
export async function startOutbox(markup) {
  account = await knowAccount(markup);
  if (document.querySelector('[data-no-form]')) showOffline();
  if (!account) return;
  window.addEventListener('online', send);
  navigator.serviceWorker?.addEventListener('message', send);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) comeBack(); });
  send().then(correctWhatWasAsked);
}
