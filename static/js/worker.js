// Runs beside the pages: without network it shows the page that was kept for that, which names nobody.
// The server says beside this what is kept (self.kept, there before anything happens); pages with data
// are never among it.
const PATIENCE = 10000;
const AWAY = [502, 503, 504];
const cacheName = () => `dai-su-so-${self.kept.version}`;

async function keep() {
  const { files, shell } = self.kept;
  const cache = await caches.open(cacheName());
  await cache.addAll([...files, shell].map((file) => new Request(file, { credentials: 'omit' })));
  await self.skipWaiting();
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName()).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function fromCache(file) {
  return caches.match(file, { cacheName: cacheName(), ignoreVary: true });
}

// Where the work begins, nobody stares at an empty screen while the network makes up its mind.
async function answerOf(request) {
  const answer = fetch(request);
  if (!self.kept.starts.includes(new URL(request.url).pathname)) return answer;
  const late = new Promise((resolve, reject) => { setTimeout(reject, PATIENCE); });
  return Promise.race([answer, late]);
}

async function page(request) {
  try {
    const answer = await answerOf(request);
    if (!AWAY.includes(answer.status)) return answer;
  } catch { /* no network */ }
  return (await fromCache(self.kept.shell)) ?? Response.error();
}

function isKept(url) {
  const { origin, pathname, search } = new URL(url);
  return origin === location.origin && self.kept.files.includes(pathname + search);
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && request.method === 'GET') event.respondWith(page(request));
  else if (isKept(request.url)) event.respondWith(fromCache(request.url).then((answer) => answer ?? fetch(request)));
});
