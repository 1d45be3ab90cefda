// Lays hold of what must not get lost with the network; the scripts that know how follow at once.
import { FORM } from './kept_form.js';

const leaveAccount = () => import('./outbox_store.js').then((store) => store.leaveAccount());

function onSubmit(event, started) {
  const form = event.target;
  if (event.defaultPrevented || !form.matches(FORM)) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  // A browser that keeps nothing sends the form as it would without scripts.
  started.then(() => import('./saving.js')).then(({ save }) => save(form, body)).catch(() => form.submit());
}

// What waits is sent only for the one who noted it. A second press signs out all the same.
function onSignOut(event, started) {
  const form = event.target;
  const { signOutUrl } = document.querySelector('[data-outbox]').dataset;
  if (form.getAttribute('action') !== signOutUrl) return;
  event.preventDefault();
  event.stopPropagation();
  started.then(() => import('./saving.js')).then(({ warnOrLeave }) => warnOrLeave(form)).catch(() => form.submit());
}

// Where the browser can send without a page, the worker brings the modules that do; else a plain one
// that opens the site without network is enough. An old browser may know one and not the other.
async function startWorker({ workerUrl, sendingWorkerUrl }) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const plain = () => serviceWorker.register(workerUrl);
  const started = 'SyncManager' in window ? serviceWorker.register(sendingWorkerUrl, { type: 'module' }).catch(plain) : plain();
  await started.catch(() => {});
}

export function startKeeping() {
  if (document.querySelector('[data-signed-out]')) leaveAccount();
  const outbox = document.querySelector('[data-outbox]');
  if (!outbox) return;
  // The form as the server sent it, before anything enlivens it.
  const markup = document.querySelector('[data-kept-form]')?.innerHTML;
  const started = import('./outbox.js').then(({ startOutbox }) => startOutbox(markup));
  import('./saving.js');
  document.addEventListener('submit', (event) => onSubmit(event, started));
  document.addEventListener('submit', (event) => onSignOut(event, started), true);
  // Only over HTTPS, and on the machine itself, do browsers let a site open without network.
  startWorker(outbox.dataset);
}
