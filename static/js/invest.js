// The pages for investors: a list of chosen plots kept on this device, and a map beside the list. Every page works without it.

/* The list of one's own: numbers of plots in localStorage, never a cookie and never sent but in an address. */
const KEY = "invest-list";
const MOST = 30;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY)) || [];
    return kept.filter((one) => /^ALT-L-\d{4,9}$/.test(one)).slice(0, MOST);
  } catch {
    return [];
  }
}

function write(numbers) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...new Set(numbers)].slice(0, MOST)));
  } catch {
    /* a browser that keeps nothing: the form and the address still do */
  }
  show();
}

const add = (number) => write([...read(), number]);
const drop = (number) => write(read().filter((one) => one !== number));
const query = (numbers) => new URLSearchParams(numbers.map((one) => ["plot", one])).toString();

/* What the page shows of it: ticks, numbers, the address behind “My list”, the button of a plot. */
function show() {
  const kept = read();
  for (const box of document.querySelectorAll("[data-plot] [name=plot]")) box.checked = kept.includes(box.value);
  for (const place of document.querySelectorAll("[data-own-number]")) {
    place.hidden = !kept.length;
    place.textContent = place.matches("output") ? kept.length : ` (${kept.length})`;
  }
  for (const words of document.querySelectorAll("[data-chosen-words]")) words.hidden = !kept.length;
  for (const link of document.querySelectorAll("a[data-own-list]")) link.search = query(kept);
  for (const button of document.querySelectorAll("[data-choose]")) {
    button.dataset.off ||= button.textContent;
    const isIn = kept.includes(button.dataset.choose);
    button.textContent = isIn ? button.dataset.on : button.dataset.off;
  }
  const page = document.querySelector("[data-shortlist]");
  const keep = page?.querySelector("[data-keep]");
  if (keep) keep.hidden = !page.dataset.shortlist || page.dataset.shortlist === kept.join(" ");
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-plot] [name=plot]")) (target.checked ? add : drop)(target.value);
});

document.addEventListener("click", (event) => {
  const choose = event.target.closest("[data-choose]");
  if (choose) {
    event.preventDefault();
    (read().includes(choose.dataset.choose) ? drop : add)(choose.dataset.choose);
  }
  const gone = event.target.closest("[data-drop]");
  if (gone) drop(gone.dataset.drop);
  if (event.target.closest("[data-keep-list]")) write(document.querySelector("[data-shortlist]").dataset.shortlist.split(" "));
});

/* What was chosen on other pages of the list is compared and listed, too. */
document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.matches("[data-chosen]")) return;
  for (const old of target.querySelectorAll("[type=hidden]")) old.remove();
  const shown = new Set([...document.querySelectorAll("[data-plot] [name=plot]")].map((box) => box.value));
  for (const number of read().filter((one) => !shown.has(one))) {
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "plot", value: number });
    target.append(kept);
  }
  submitter?.blur();
});

/* “My list” without anything in its address is the list of this device. */
const list = document.querySelector("[data-shortlist]");
if (list && !new URLSearchParams(location.search).has("plot") && read().length) {
  location.replace(`${location.pathname}?${query(read())}`);
}
show();
addEventListener("storage", show);
addEventListener("pageshow", show);

/* The map: fetched once the reader comes near it, drawn from the GeoJSON of the same list. */
let map;

function prepare() {
  const place = document.querySelector("[data-map]:not([data-ready])");
  if (!place) return;
  place.dataset.ready = "";
  if (map) return draw(place);
  new IntersectionObserver((seen, observer) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    observer.disconnect();
    (window.requestIdleCallback || setTimeout)(() => draw(place));
  }).observe(place);
}

async function draw(place) {
  try {
    map ||= await import("./invest-map.js");
    await map.show(place);
  } catch (failure) {
    console.info("The map stays as drawn by the server.", failure);
  }
}

prepare();
document.addEventListener("htmx:afterSettle", () => {
  show();
  prepare();
});
