// What makes the pages quicker to use. Nothing here is needed: every page works without it.

/* Menus close on Escape, which gives the focus back, and on a click beside them. */
const menus = "details.dropdown[open], details.menu[open]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = [...document.querySelectorAll(menus)].findLast((menu) => menu.contains(document.activeElement));
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(menus)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/* Ctrl+K, as in the admin, leads to the search. A key alone would catch what people say to their computer. */
document.addEventListener("keydown", (event) => {
  const field = [...document.querySelectorAll("[type=search]")].find((one) => one.checkVisibility() || one.closest("details"));
  if (!field || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  for (let menu = field.closest("details"); menu; menu = menu.parentElement.closest("details")) menu.open = true;
  field.focus();
});

/* Signing out takes from this device what it keeps of reports (the answer's Clear-Site-Data); what was never sent goes too. */
document.addEventListener("submit", (event) => {
  const asked = document.querySelector("[data-unsent]")?.dataset.unsent;
  const isSignOut = new URL(event.target.action).pathname.endsWith("/accounts/logout/");
  if (isSignOut && asked && Number(localStorage.getItem("report-unsent")) && !confirm(asked)) event.preventDefault();
});

/* What is sent is sent once, however often the button is pressed. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.hasAttribute("aria-busy")) event.preventDefault();
  form.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

/* A refused form says so at once, also to those who hear it; not where it is only shown, in the style guide. */
document.querySelector(".error-summary:not(.specimen *)")?.focus();

/* While htmx fetches, say so after a moment; where it fails, let the browser ask and show what happened. */
const loading = document.getElementById("loading");
let waiting = 0;

document.addEventListener("htmx:beforeRequest", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => (loading.textContent = loading.dataset.word), 300);
});
document.addEventListener("htmx:afterRequest", () => {
  clearTimeout(waiting);
  loading.textContent = "";
});
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.requestConfig.verb === "get") location.assign(detail.pathInfo.finalRequestPath);
  });
}
