// What a browser keeps of the desk until it could be sent: the entries of each account, and the form
// as that account saw it last. Nothing is found but under the key of an account.
const NAME = 'dai-su-so';
const VERSION = 1;
const PATIENCE = 5000;
const CURRENT = 'current';
let opened = null;

function outcome(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('accounts', { keyPath: 'key' });
      request.result.createObjectStore('entries', { keyPath: 'id' }).createIndex('account', 'account');
      request.result.createObjectStore('notes');
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); opened = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    setTimeout(reject, PATIENCE, new Error('the storage does not open'));
  });
  opened.catch(() => { opened = null; });
  return opened;
}

// Resolves when the change is on the disk, where the browser lets us ask for that.
async function work(store, mode, action) {
  const transaction = (await open()).transaction(store, mode, { durability: 'strict' });
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const [result] = await Promise.all([outcome(action(transaction.objectStore(store))), finished]);
  return result;
}

export const keepEntry = (entry) => work('entries', 'readwrite', (store) => store.put(entry));
export const removeEntry = (id) => work('entries', 'readwrite', (store) => store.delete(id));

export async function listEntries(account) {
  const entries = await work('entries', 'readonly', (store) => store.index('account').getAll(account));
  return entries.sort((one, other) => one.madeAt.localeCompare(other.madeAt) || one.id.localeCompare(other.id));
}

const sentBy = (account) => `sent ${account}`;

// What was sent while no page could say so, until one does.
export async function noteSent(account, ids) {
  const before = await work('notes', 'readonly', (store) => store.get(sentBy(account))) ?? [];
  await work('notes', 'readwrite', (store) => store.put([...before, ...ids], sentBy(account)));
}

export async function takeSent(account) {
  const ids = await work('notes', 'readonly', (store) => store.get(sentBy(account))) ?? [];
  if (ids.length) await work('notes', 'readwrite', (store) => store.delete(sentBy(account)));
  return ids;
}

export async function rememberAccount(account) {
  await work('accounts', 'readwrite', (store) => store.put(account));
}

export async function useAccount(key) {
  await work('notes', 'readwrite', (store) => store.put(key, CURRENT));
}

export async function leaveAccount() {
  await work('notes', 'readwrite', (store) => store.delete(CURRENT));
}

// The account that used this browser last and has not signed out.
export async function lastAccount() {
  const key = await work('notes', 'readonly', (store) => store.get(CURRENT));
  return key === undefined ? undefined : { key, ...(await work('accounts', 'readonly', (store) => store.get(key))) };
}
