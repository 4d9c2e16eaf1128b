{% autoescape off %}const KEPT = "report-{{ language }}-{{ version }}";
const mine = (name) => name.startsWith("report-{{ language }}-");
const forget = (wanted) => caches.keys().then((names) => Promise.all(names.filter(wanted).map((name) => caches.delete(name))));

self.addEventListener("install", (event) => {
{% if offline %}  const ask = (address) => new Request(address, { cache: "reload", credentials: "omit" });
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(ADDRESSES.map(ask))));
{% endif %}  self.skipWaiting();
});
{% if offline %}
const ADDRESSES = [{% for address in kept %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
self.addEventListener("activate", (event) => {
  event.waitUntil(forget((name) => mine(name) && name !== KEPT).then(() => clients.claim()));
});

// The page itself comes from the network while there is one; of what it loads, only what the shell needs is kept.
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const found = (address) => caches.match(address, { cacheName: KEPT, ignoreVary: true });
  if (method !== "GET") return;
  if (mode === "navigate") event.respondWith(fetch(event.request).catch(() => found(ADDRESSES[0])));
  else if (ADDRESSES.includes(new URL(url).pathname)) event.respondWith(found(event.request).then((kept) => kept || fetch(event.request)));
});
{% else %}
self.addEventListener("activate", (event) => {
  event.waitUntil(forget(mine).then(() => registration.unregister()));
});
{% endif %}{% endautoescape %}
