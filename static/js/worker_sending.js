// Sends what waits when the browser says that the network is back, also when no page is open any more.
import { isLeftToSend, sendWaiting } from './outbox_sending.js';
import { lastAccount, noteSent } from './outbox_store.js';

const SYNC = 'outbox';

async function tellPages() {
  for (const page of await self.clients.matchAll()) page.postMessage(SYNC);
}

// Rejects where the browser should try again later, which it does a few times.
async function sendForTheLastAccount() {
  const account = await lastAccount();
  if (!account) return;
  const sent = [];
  const result = await sendWaiting(account.key, self.kept.unsent, (id) => sent.push(id));
  if (sent.length) await noteSent(account.key, sent);
  await tellPages();
  if (await isLeftToSend(account.key, result)) throw new Error(result ?? 'not yet');
}

self.addEventListener('sync', (event) => {
  if (event.tag === SYNC) event.waitUntil(sendForTheLastAccount());
});
