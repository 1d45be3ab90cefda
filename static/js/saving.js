// Saving at the desk: first the browser keeps the entry, then the server gets it, and only then it goes.
import { FORM, emptyForm, readEntry, showForm, unanswered } from './kept_form.js';
import { account, complain, holder, keepAndSend, ownEntries, section, show } from './outbox.js';
import { filled } from './outbox_list.js';
import { askToSendLater } from './outbox_sending.js';
import { keepEntry, leaveAccount, removeEntry } from './outbox_store.js';

const PATIENCE = 20000;

function swapPage(page) {
  document.title = page.title;
  const main = document.importNode(page.querySelector('main'), true);
  document.querySelector('main').replaceWith(main);
  window.htmx?.process(main);
  main.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: main } }));
  window.scrollTo(0, 0);
  (main.querySelector('[data-error-summary]') ?? main).focus({ preventScroll: true });
}

// Sends the form as the browser would. Returns whether the server said something about the entry.
async function isAnswered(form, body, { entry, refused }) {
  const answer = await fetch(form.action, { method: 'POST', body, signal: AbortSignal.timeout?.(PATIENCE) });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const isThere = page.querySelector(FORM) !== null;
  const isSaved = isThere && answer.ok && answer.redirected;
  const isRefused = isThere && answer.status === 422;
  if (!isSaved && !isRefused) return false;
  // What was refused before goes on waiting for its correction, should this page be left.
  await (isRefused && refused ? keepEntry(refused) : removeEntry(entry.id));
  history.replaceState(null, '', answer.url);
  swapPage(page);
  await show();
  return true;
}

// Rejects when this browser keeps nothing.
export async function save(form, body) {
  const entry = readEntry(form, account.key);
  const isDirect = Boolean(form.elements.csrf_token);
  const refused = (await ownEntries()).find(({ id, isRefused }) => isRefused && id === entry.id);
  // Should this page go before the answer comes, the next one sends what it has left.
  await keepEntry({ ...entry, notBefore: isDirect ? Date.now() + PATIENCE : 0 });
  askToSendLater();
  if (isDirect && await isAnswered(form, body, { entry, refused }).catch(() => false)) return;
  await keepForLater(form, entry, refused);
}

async function keepForLater(form, entry, refused) {
  const open = unanswered(form);
  if (open.length) {
    await (refused ? keepEntry(refused) : removeEntry(entry.id));
    complain(form, open.map((label) => `${label}: ${section().dataset.unanswered}`));
    return;
  }
  await keepAndSend(entry);
  if (account.form) showForm(holder(), account);
  else emptyForm(form);
  section().scrollIntoView({ block: 'start' });
}

export async function warnOrLeave(form) {
  const entries = await ownEntries();
  if (entries.length === 0 || form.querySelector('.notice-warning')) {
    // Also where the server cannot be told: the next one to use this browser must not see them.
    await leaveAccount();
    form.submit();
    return;
  }
  const warning = section().querySelector('[data-outbox-warning]').content.cloneNode(true).firstElementChild;
  const text = warning.querySelector('p');
  text.textContent = filled(text.dataset.pattern, entries.length);
  form.prepend(warning);
  form.querySelector('button span').textContent = section().dataset.signOutLabel;
}
