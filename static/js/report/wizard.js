// The filing wizard. It takes the page over once it has started; without it the page's own form does the same.

import { $, $$, conflicts, drawFiles, facts, field, form, label, left, link, listenFiles, make, mark, named, readyFiles, review, say, toField, wizard, word } from "./page.js";
import { all, ask, drop, failure, fault, filesOf, gaps, get, isUnsent, open, owner, put, syncing } from "./report.js";

const STEPS = $$(".wizard-steps a").map((one) => one.hash.slice(1));
const { user, home, login, worker, offline, settled } = wizard.dataset;
let [state, draft, run, typing, step, isElsewhere] = ["here"];

function fresh(path) {
  const [, period, project] = path.match(/\/report\/(\d{4}-\w+)\/([^/]+)\/$/) || [];
  const facts = { period, project, path, uuid: crypto.randomUUID(), version: null, data: {}, base: {}, rev: 0, synced: 0 };
  return project ? { key: `${period}/${project}`, ...facts, conflicts: [], taken: [], errors: [], left: [], waiting: 0 } : null;
}

async function start() {
  if (!isSecureContext || location.search.includes("plain")) return;
  if (offline) await navigator.serviceWorker.register(worker, { scope: home });
  else (await navigator.serviceWorker.getRegistration(home))?.unregister();
  if (!user && !owner()) return location.replace(login);
  await open(user);
  await (fresh(location.pathname) ? begin() : list());
  document.documentElement.dataset.wizard = "ready";
}

async function list() {
  const rows = (await all("draft")).filter((one) => one.form && (!user || isUnsent(one) || one.left.length));
  const place = $("[data-drafts]");
  $("ul", place).replaceChildren(
    ...rows.map((one) => make("li", "", link(one.path, `${one.form.project.name}, ${one.form.period.label}`), ` · ${isUnsent(one) ? word("unsent") : one.receipt || word("saved")}`)),
  );
  for (const one of $$("form, .wizard-steps, .breadcrumbs")) one.remove();
  for (const one of $$(".page-head, .sync")) one.hidden = user;
  wizard.hidden = user && !rows.length;
  place.hidden = false;
  if (user) return prepare();
  say("project", word("title"));
  $("[data-sync]").textContent = word("offline");
  addEventListener("online", () => setTimeout(() => navigator.onLine && location.reload(), 999)); // some networks flicker
}

async function prepare() {
  for (const { pathname } of $$("a.button", document)) {
    const draft = fresh(pathname);
    if (!draft || (await get("draft", draft.key))?.form) continue;
    const answer = await ask(`${pathname}form.json`);
    if (answer.ok) await put("draft", { ...draft, form: await answer.json() });
  }
}

async function begin() {
  draft = fresh(location.pathname);
  const kept = await get("draft", draft.key);
  if (settled && (!kept || !(isUnsent(kept) || kept.left.length))) return forget();
  draft = { ...draft, ...kept, path: draft.path };
  for (const one of document.querySelectorAll("main > :not(#wizard, .messages, link, script)")) one.remove();
  wizard.hidden = false;
  $("[data-plain]").hidden = !user;
  const sync = syncing(draft, shown);
  run = () => isElsewhere || sync();
  listen();
  if (draft.form) render();
  navigator.storage.persist();
  hold();
}

/* One window at a time writes on a draft; another may take it over. */
function hold() {
  const lost = () => {
    isElsewhere = true;
    stop("elsewhere");
  };
  const held = (lock) => (lock ? run().then(() => new Promise(() => {})) : lost());
  navigator.locks.request(draft.key, { ifAvailable: true }, held).catch(lost);
}

async function forget() {
  for (const file of await filesOf(draft.key)) await drop("file", file.uuid);
  await drop("draft", draft.key);
}

function stop(why) {
  say("stop", word(why));
  $("[data-do=here]").hidden = why !== "elsewhere";
  go("stop");
}

function render() {
  facts(draft.form);
  for (const { name } of form.elements) {
    const value = draft.data[name] || (name === "spent_currency" ? "KZT" : "");
    if (!name || name.startsWith("choice") || field(name).value === value) continue;
    if (name.endsWith(":on") && value.length !== 10) field(name).type = "text";
    field(name).value = value;
  }
  if (step === "check") review(draft);
  follow();
}

function follow() {
  if (isElsewhere) return;
  const wanted = location.hash.slice(1);
  if (draft.conflicts.length) go("conflict");
  else if (draft.receipt) go("done");
  else if (!draft.form.may_write) stop("closed");
  else go(STEPS.includes(wanted) ? wanted : "project");
}

function go(next) {
  if (next === "conflict") conflicts(draft.conflicts);
  if (next === "done") left(draft);
  if (next === step) return;
  if (step === "files") readyFiles(draft).then(run);
  if (next === "check") review(draft);
  const isFirst = !step;
  step = next;
  for (const one of $$("[data-step]")) one.hidden = one.dataset.step !== step;
  $(".wizard-steps").hidden = !STEPS.includes(step);
  for (const one of $$(".wizard-steps a")) one.ariaCurrent = one.hash === `#${step}` ? "step" : null;
  $("[data-summary]").hidden = true;
  if (isFirst && !location.hash) return;
  $(`[data-step=${step}] h2`).focus();
  scrollTo(0, 0);
}

async function shown(now, detail) {
  if (now === "stranger") return location.reload();
  state = now;
  const isOff = !navigator.onLine && ["retry", "here", "sending"].includes(now);
  const name = isOff ? "offline" : now === "again" ? "sending" : now;
  const parts = [detail || word(name)];
  if (draft.wanted && now === "retry") parts.push(` · ${word("submitting")}`);
  if (now === "signin") parts.push(" ", link(`${login}?next=${encodeURIComponent(location.pathname + location.hash)}`, word("signin_link")));
  if (draft.taken.length) parts.push(` · ${word("taken", { fields: draft.taken.map(label).join(", ") })}`);
  const line = make("p", "", ...parts);
  if ($("[data-sync]").innerHTML !== line.innerHTML) $("[data-sync]").replaceChildren(...line.childNodes);
  $(".sync").dataset.state = name;
  drawFiles(draft);
  localStorage.setItem("report-unsent", (await all("draft")).filter(isUnsent).length);
  if (now === "gone") return stop("gone");
  if (!draft.form) return ["retry", "signin"].includes(now) && stop("unknown");
  if (["sending", "again", "here"].includes(now)) return;
  render();
  if (draft.errors.length) tell(draft.errors.map((one) => [named(one.pointer.slice(1)), one.detail]));
}

function tell(wrong) {
  for (const [name, why] of wrong) mark(name, why);
  const box = $("[data-summary]");
  $("ul", box).replaceChildren(...wrong.map(([name, why]) => make("li", "", toField(name, `${label(name)}: ${why}`))));
  box.hidden = false;
  box.focus();
}

const failed = (error) => shown(failure(error));

async function write(facts) {
  clearTimeout(typing);
  Object.assign(draft, { rev: draft.rev + 1, taken: [], errors: [] }, facts);
  await put("draft", draft)
    .then(() => shown("here"))
    .then(run)
    .catch(failed);
}

const acts = {
  async submit(_button, wanted = "submit") {
    const wrong = gaps(draft.data).map(([name, why]) => [name, word(why)]);
    if (wrong.length) return tell(wrong);
    await readyFiles(draft);
    await write({ wanted });
  },
  complete: (button) => acts.submit(button, "complete"),
  async forget() {
    await forget();
    location.assign(home);
  },
  async choose() {
    const chosen = draft.conflicts.map((_one, number) => field(`choice-${number}`).value);
    if (chosen.includes("")) return shown("conflict", word("choose"));
    draft.conflicts.forEach((one, number) => (draft.data[one.name] = one[chosen[number]]));
    $("[data-conflicts]").replaceChildren();
    await write({ conflicts: [] });
  },
  here() {
    navigator.locks.request(draft.key, { steal: true }, () => location.reload());
  },
  async take({ dataset: { take } }) {
    Object.assign(draft.data, draft.form.last[take]);
    render();
    field(take).focus();
    await write();
  },
};

function listen() {
  form.addEventListener("input", ({ target: { name, value } }) => {
    if (!name || name.startsWith("choice")) return;
    draft.data[name] = value;
    mark(name, "");
    $(".sync").dataset.state = "typing";
    clearTimeout(typing);
    typing = setTimeout(write, 300);
  });
  form.addEventListener("change", ({ target: { name, value } }) => fault(name, value) && mark(name, word(fault(name, value))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    $(`[data-step=${step}] .button:not([hidden])`).click();
  });
  wizard.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) acts[button.dataset.do](button);
    const to = target.closest("[data-to]")?.dataset.to;
    if (to) setTimeout(() => field(to)?.focus(), 50);
  });
  addEventListener("hashchange", () => draft.form && follow());
  addEventListener("offline", () => shown(state));
  addEventListener("online", () => run());
  document.addEventListener("visibilitychange", () => document.hidden || run());
  listenFiles(draft, () => write(), failed);
}

start().catch((error) => {
  console.error(error);
  if (user && !wizard.hidden) location.search = "plain"; // the page's own form
});
