// A report on this device, in one database a person, and its way to the server: again and again, until that has it.

let opened;
export const owner = () => localStorage.getItem("report-owner");

export function open(user) {
  if (user) localStorage.setItem("report-owner", user);
  opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open(`report-${owner()}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("draft", { keyPath: "key" });
      asked.result.createObjectStore("file", { keyPath: "uuid" });
    };
    asked.onsuccess = () => {
      asked.result.onclose = () => location.reload();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function step(store, mode, act) {
  const whole = (await opened).transaction(store, mode);
  const asked = act(whole.objectStore(store));
  return new Promise((resolve, reject) => {
    whole.oncomplete = () => resolve(asked.result);
    whole.onabort = () => reject(whole.error);
  });
}

export const get = (store, key) => step(store, "readonly", (rows) => rows.get(key));
export const all = (store) => step(store, "readonly", (rows) => rows.getAll());
export const put = (store, row) => step(store, "readwrite", (rows) => rows.put(row));
export const edit = (uuid, change) =>
  step("file", "readwrite", (rows) => {
    const asked = rows.get(uuid);
    asked.onsuccess = () => rows.put({ ...asked.result, ...change(asked.result) });
    return asked;
  });
export const drop = (store, key) => step(store, "readwrite", (rows) => rows.delete(key));
export const filesOf = async (key) => (await all("file")).filter((file) => file.key === key).sort((a, b) => a.at - b.at);

export const isUnsent = (draft) => draft.rev > draft.synced || draft.wanted || draft.waiting > 0;

class Stop extends Error {}
export const failure = (error) => (error.name === "QuotaExceededError" ? "full" : console.error(error) || "broken");

export async function ask(path, { method = "GET", json, bytes, headers } = {}) {
  const sent = { "X-CSRFToken": ask.token, ...headers };
  if (json) sent["Content-Type"] = "application/json";
  if (json || method === "DELETE") sent["If-Match"] = "*"; // what was seen goes in the body: base, version, files
  const facts = { method, headers: sent, body: json ? JSON.stringify(json) : bytes, redirect: "manual", cache: "no-store" };
  const answer = await fetch(path.startsWith("/") ? path : `/api/v1/${path}`, facts).catch(() => {
    throw new Stop("retry");
  });
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new Stop("signin");
  if (answer.status >= 500 || answer.status === 429) throw new Stop("retry");
  return answer;
}

const METRICS = ["physical_progress", "financial_progress", "spent", "jobs_construction", "jobs_permanent", "jobs_local"];
const WORDS = ["text", "issues", "risks", "help_needed", "language"];
const PARTS = ["outcome", "on", "reason", "note"];

const number = (typed = "") => typed.replace(/\s/g, "").replace(",", ".");

export function fault(name, typed) {
  const value = number(typed);
  if (!value || !METRICS.includes(name)) return "";
  if (!/^\d{1,18}(\.\d{1,2})?$/.test(value)) return "number";
  if (name.endsWith("_progress") && +value > 100) return "percent";
  return name.startsWith("jobs") && +value % 1 ? "whole" : "";
}

const plain = (name, typed = "") => (METRICS.includes(name) && +number(typed) >= 0 && typed ? String(+number(typed)) : typed.trim());
const same = (name, one, other) => plain(name, one) === plain(name, other);

function fromReport(report) {
  const data = {};
  for (const { metric, mark, value, currency, note } of report.values) {
    data[metric] = value === null ? "" : plain(metric, value);
    data[`${metric}_mark`] = mark === "value" ? "" : mark;
    data[`${metric}_note`] = note || "";
    if (currency) data.spent_currency = currency;
  }
  for (const name of WORDS) data[name] = report[name] || "";
  for (const row of report.milestones) for (const part of PARTS) data[`m:${row.milestone}:${part}`] = row[part] || "";
  return data;
}

const milestones = (data) =>
  Object.keys(data)
    .filter((name) => name.endsWith(":outcome") && data[name])
    .map((name) => Object.fromEntries([["milestone", name.split(":")[1]], ...PARTS.map((part) => [part, data[name.replace("outcome", part)] || ""])]));
const lacks = (row) => (!row.on ? "on" : row.outcome === "moved" && !row.reason ? "reason" : "");

function toReport(data, kept) {
  const values = METRICS.map((metric) => {
    const from = fault(metric, data[metric]) ? kept : data;
    const mark = from[`${metric}_mark`];
    const value = mark ? null : number(from[metric]);
    const currency = metric === "spent" && value ? data.spent_currency || "KZT" : null;
    return { metric, mark: mark || "value", value, currency, note: data[`${metric}_note`] || null };
  });
  const rows = milestones(data).filter((row) => !lacks(row));
  return {
    ...Object.fromEntries(WORDS.map((name) => [name, data[name] || null])),
    values: values.filter((row) => row.value !== ""),
    milestones: rows.map((row) => ({ ...row, reason: row.outcome === "moved" ? row.reason : null })),
  };
}

export function gaps(data) {
  const wrong = (name) => fault(name, data[name]) || (number(data[name]) || data[`${name}_mark`] ? "" : "missing");
  return [
    ...METRICS.map((name) => [name, wrong(name)]),
    ...milestones(data).map((row) => [`m:${row.milestone}:${lacks(row)}`, lacks(row)]),
  ].filter(([, why]) => why);
}

/* Where both wrote, and not the same, people choose. */
function merge({ data, base }, theirs) {
  const taken = [];
  const conflicts = [];
  for (const name of Object.keys({ ...data, ...theirs })) {
    const [mine = "", other = ""] = [data[name], theirs[name]];
    if (same(name, mine, other)) continue;
    if (same(name, mine, base[name])) {
      data[name] = other;
      taken.push(name);
    } else if (!same(name, other, base[name])) conflicts.push({ name, mine, theirs: other });
  }
  return { taken, conflicts };
}

const [PIECE, FIRST, MOST] = [262144, 1000, 30000];
const WAITING = ["ready", "begun", "words", "gone"];

export function syncing(draft, shown) {
  let [wait, busy, more, timer] = [FIRST, false, false, 0];

  async function run() {
    more = true;
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    let [state, detail] = [];
    while (more) {
      more = false;
      [state, detail] = await round().catch((error) => [error instanceof Stop ? error.message : failure(error)]);
    }
    busy = false;
    wait = state === "retry" ? Math.min(wait * 2, MOST) : FIRST;
    if (state === "retry" || state === "again") timer = setTimeout(run, wait);
    await shown(state, detail);
  }

  const keep = () => put("draft", draft);
  const read = async (number) => number && (await ask(`progress-reports/${number}/`)).json();

  async function round() {
    const answer = await ask(`${draft.path}form.json`);
    if (answer.status === 404) return ["gone"];
    const form = await answer.json();
    if (form.user !== owner()) return ["stranger"];
    ask.token = form.csrf; // the cookie is hidden from scripts, and changes with the session
    const known = draft.form?.report;
    form.report = form.number && form.version === known?.version ? known : await read(form.number);
    meet(form);
    await keep();
    if (draft.receipt) return ["done"];
    if (draft.conflicts.length) return ["conflict"];
    if (!form.may_write) return ["closed"];
    if (draft.rev > draft.synced || (!form.report && (await filesOf(draft.key)).length)) {
      const refused = await save();
      if (refused) return refused;
    }
    const own = await filesOf(draft.key);
    const files = own.filter((file) => WAITING.includes(file.state));
    const held = own.filter((file) => file.state === "here").length;
    draft.waiting = files.length + held;
    await keep();
    for (const file of files) await send(file);
    draft.waiting = held;
    if (files.length) draft.form.report = await read(draft.form.report.public_id);
    await keep();
    return draft.wanted ? hand() : [held ? "held" : "saved"];
  }

  function meet(form) {
    const { report } = (draft.form = form);
    if (!report) return draft.version && Object.assign(draft, { version: null, base: {}, synced: -1 });
    draft.uuid = report.client_uuid;
    if (!["draft", "complete", "returned"].includes(report.state)) return settle(report);
    draft.receipt = null;
    if (report.version !== draft.version) met(report);
  }

  function met(report) {
    const theirs = fromReport(report);
    const { taken, conflicts } = merge(draft, theirs);
    const old = draft.conflicts.filter(({ name }) => !conflicts.some((one) => one.name === name));
    if (draft.version) draft.taken = [...new Set([...draft.taken, ...taken])];
    if (taken.length || conflicts.length) draft.wanted = null; // nobody hands in what he has not seen
    Object.assign(draft, { base: theirs, version: report.version, conflicts: [...old, ...conflicts] });
    draft.form.report = report;
  }

  /* Handed in: by us, with the answer lost, or by somebody else. What only this device knows stays. */
  function settle(report) {
    const { data, base } = draft;
    const theirs = fromReport(report);
    const own = Object.keys(data).filter((name) => !same(name, data[name], theirs[name]) && !same(name, data[name], base[name]));
    draft.left = own.map((name) => [name, data[name]]);
    Object.assign(draft, { receipt: report.public_id, wanted: null, conflicts: [], synced: draft.rev });
  }

  async function save() {
    const rev = draft.rev;
    shown("sending");
    const said = { client_uuid: draft.uuid, project: draft.project, period: draft.period, base: draft.version };
    const told = toReport(draft.data, draft.base);
    const answer = await ask("progress-reports/", { method: "POST", json: { ...said, ...told } });
    const body = await answer.json();
    if (body.code === "written_over") {
      met(body.current);
      await keep();
      if (draft.conflicts.length) return ["conflict"];
      throw new Stop("again");
    }
    const names = { values: (row) => row.metric, milestones: (row) => `milestones:${row.milestone}` };
    for (const one of body.errors || []) one.pointer = one.pointer.replace(/(values|milestones).(\d+).*/, (_all, list, at) => names[list](told[list][at]));
    if (!answer.ok) return refused(body);
    await took(body, { synced: rev, errors: [] });
  }

  const took = (report, facts) => {
    draft.form.report = report;
    Object.assign(draft, { version: report.version, base: fromReport(report), ...facts });
    return keep();
  };

  async function hand() {
    shown("sending");
    for (const verb of ["complete", "submit"]) {
      const { public_id: number, state } = draft.form.report;
      if (verb === "complete" ? state !== "draft" : draft.wanted !== verb) continue;
      const done = (await filesOf(draft.key)).filter((file) => file.state === "done");
      const files = done.map(({ uuid, size, sha256 }) => ({ client_uuid: uuid, size, sha256 }));
      const answer = await ask(`progress-reports/${number}/${verb}/`, {
        method: "POST",
        json: verb === "submit" ? { version: draft.version, files } : {},
        headers: { "Idempotency-Key": `${draft.uuid}-${verb}-${draft.version}` },
      });
      const body = await answer.json();
      if (["still_running", "written_over"].includes(body.code)) throw new Stop("again");
      if (!answer.ok) return refused(body);
      await took(body);
    }
    if (draft.wanted === "submit") settle(draft.form.report);
    draft.wanted = null;
    await keep();
    return [draft.receipt ? "done" : "completed"];
  }

  async function refused({ errors, detail }) {
    Object.assign(draft, { wanted: null, errors });
    await keep();
    return ["refused", detail];
  }

  async function send(file) {
    const { uuid, kind, name, size, sha256, caption, place } = file;
    const path = `uploads/${uuid}/`;
    if (file.state === "gone") return ask(path, { method: "DELETE" }).then(() => drop("file", uuid));
    if (file.state === "words") return ask(`${path}caption/`, { method: "POST", json: { caption } }).then(() => put("file", { ...file, state: "done" }));
    const note = async (facts) => {
      await edit(uuid, ({ state }) => (state === "gone" ? {} : facts));
      shown("sending");
    };
    const refuse = async ({ errors, detail }) => note({ state: "refused", why: errors[0]?.detail || detail });
    const json = { client_uuid: uuid, report: draft.form.report.public_id, kind, name, size, sha256, caption, place };
    let answer = await ask("uploads/", { method: "POST", json });
    if (!answer.ok) return refuse(await answer.json());
    answer = await ask(path, { method: "HEAD" });
    for (;;) {
      const at = answer.headers.get("Upload-Offset");
      if (at === null) throw new Stop("again");
      await note({ state: "begun", sent: +at });
      if (+at >= size) break;
      const headers = { "Upload-Offset": at, "Content-Type": "application/offset+octet-stream" };
      answer = await ask(path, { method: "PATCH", bytes: file.blob.slice(+at, +at + PIECE), headers });
      if (!answer.ok && answer.status !== 409) return refuse(await answer.json());
    }
    const { complete, refused: why } = await (await ask(path)).json();
    return note(complete ? { state: "done", blob: null } : { state: "refused", why });
  }

  return run;
}
