{% autoescape off %}const KEPT = "report-{{ language }}-{{ version }}";
const forget = (but) => caches.keys().then((all) => Promise.all(all.map((name) => name.startsWith("report-{{ language }}-") && name !== but && caches.delete(name))));
{% if offline %}const ADDRESSES = ["{{ kept|join:'", "' }}"];
const found = (address) => caches.match(address, { cacheName: KEPT, ignoreVary: true });
oninstall = (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(ADDRESSES.map((one) => new Request(one, { cache: "reload", credentials: "omit" })))));
  skipWaiting();
};
onactivate = (event) => event.waitUntil(forget(KEPT).then(() => clients.claim()));
{# Pages come from the network while there is one; what somebody's data is in is never kept. #}onfetch = (event) => {
  const { method, mode, url } = event.request;
  if (mode === "navigate" && method === "GET") event.respondWith(fetch(event.request).catch(() => found(ADDRESSES[0])));
  else if (ADDRESSES.includes(new URL(url).pathname)) event.respondWith(found(url).then((kept) => kept || fetch(event.request)));
};
{% else %}oninstall = () => skipWaiting();
onactivate = (event) => event.waitUntil(forget().then(() => registration.unregister()));
{% endif %}{% endautoescape %}
