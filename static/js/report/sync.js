// From the device to the server: save, send the files, hand in; again and again, until the server says that it has it.

import { fromReport, merge, same, toReport } from "./answers.js";
import { ask, drop, filesOf, get, owner, put, Stop } from "./store.js";

const PIECE = 256 * 1024;
const [FIRST, MOST] = [1000, 30000];
export const WAITING = ["ready", "begun", "gone"];

/* → run(), of one draft; `shown(state, detail)` hears what became of it each time. */
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
      [state, detail] = await round().catch((error) => [error instanceof Stop ? error.message : reason(error)]);
    }
    busy = false;
    wait = state === "retry" ? Math.min(wait * 2, MOST) : FIRST;
    if (state === "retry" || state === "again") timer = setTimeout(run, wait);
    await shown(state, detail);
  }

  const keep = () => put("draft", draft);

  async function round() {
    const answer = await ask(`${draft.path}form.json`);
    if (answer.status === 404) return ["gone"];
    const form = await answer.json();
    if (form.user !== owner()) return ["stranger"];
    ask.token = form.csrf; // the cookie is hidden from scripts, and changes with the session
    const known = draft.form?.report;
    form.report = !form.number || form.version === known?.version ? form.number && known : await (await ask(`progress-reports/${form.number}/`)).json();
    meet(form);
    await keep();
    if (draft.receipt) return ["done"];
    if (draft.conflicts.length) return ["conflict"];
    if (!form.may_write) return ["closed"];
    if (draft.rev > draft.synced || (!form.report && (await filesOf(draft.key)).length)) {
      const refused = await save();
      if (refused) return refused;
    }
    if (draft.form.report) for (const file of await filesOf(draft.key)) if (WAITING.includes(file.state)) await send(file);
    draft.waiting = (await filesOf(draft.key)).filter((file) => WAITING.includes(file.state)).length;
    await keep();
    return draft.wanted ? hand() : ["saved"];
  }

  /* What the server has now, against what is here. */
  function meet(form) {
    const { report } = (draft.form = form);
    if (!report) {
      if (draft.version) Object.assign(draft, { version: null, base: {}, synced: -1 }); // thrown away elsewhere
      return;
    }
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
    for (const one of body.errors || []) {
      const [, list, place] = one.pointer.match(/^.(values|milestones).(\d+)/) || [];
      if (list) one.pointer = `/${told[list][place].metric || `milestones:${told[list][place].milestone}`}`;
    }
    if (!answer.ok) return refused(body);
    took(body, { synced: rev, errors: [] });
    await keep();
  }

  const took = (report, facts) => {
    draft.form.report = report;
    Object.assign(draft, { version: report.version, base: fromReport(report), ...facts });
  };

  /* The same question is one question, however often it is asked. */
  async function hand() {
    shown("sending");
    for (const verb of ["complete", "submit"]) {
      const { public_id: number, state } = draft.form.report;
      if (verb === "complete" ? state !== "draft" : draft.wanted !== verb) continue;
      const done = (await filesOf(draft.key)).filter((file) => file.state === "done");
      const files = done.map(({ uuid, size, sha256 }) => ({ client_uuid: uuid, size, sha256 }));
      const answer = await ask(`progress-reports/${number}/${verb}/`, {
        method: "POST",
        json: verb === "submit" ? { version: draft.version, ...(files.length && { files }) } : {},
        headers: { "Idempotency-Key": `${draft.uuid}-${verb}-${draft.version}` },
      });
      const body = await answer.json();
      if (["still_running", "written_over"].includes(body.code)) throw new Stop("again");
      if (!answer.ok) return refused(body);
      took(body);
      await keep();
    }
    if (draft.wanted === "submit") settle(draft.form.report);
    draft.wanted = null;
    await keep();
    return [draft.receipt ? "done" : "completed"];
  }

  async function refused({ errors, detail }) {
    Object.assign(draft, { wanted: null, errors: errors || [] });
    await keep();
    return ["refused", detail];
  }

  /* What the server really has is asked of it: its count is the one that counts. */
  async function send(file) {
    const { uuid, kind, name, size, sha256, caption, place } = file;
    const path = `uploads/${uuid}/`;
    if (file.state === "gone") {
      const answer = await ask(path, { method: "DELETE" });
      return answer.ok || answer.status === 404 ? drop("file", uuid) : null;
    }
    const note = async (facts) => {
      if ((await get("file", uuid))?.state === "gone") throw new Stop("again");
      await put("file", Object.assign(file, facts));
      shown("sending");
    };
    const refuse = async (answer) => {
      const problem = await answer.json();
      return note({ state: "refused", why: problem.errors?.[0]?.detail || problem.detail });
    };
    const facts = { client_uuid: uuid, report: draft.form.report.public_id, kind, name, size, sha256, caption };
    let answer = await ask("uploads/", { method: "POST", json: place ? { ...facts, place } : facts });
    if (!answer.ok) return refuse(answer);
    answer = await ask(path, { method: "HEAD" });
    for (;;) {
      const at = answer.headers.get("Upload-Offset");
      if (at === null) return refuse(answer);
      await note({ state: "begun", sent: +at });
      if (+at >= size) break;
      const headers = { "Upload-Offset": at, "Content-Type": "application/offset+octet-stream" };
      answer = await ask(path, { method: "PATCH", bytes: file.blob.slice(+at, +at + PIECE), headers });
      if (!answer.ok && answer.status !== 409) return refuse(answer);
    }
    const { complete, refused: why } = await (await ask(path)).json();
    return note(complete ? { state: "done", blob: null } : { state: "refused", why });
  }

  addEventListener("online", run);
  return run;
}

const reason = (error) => {
  if (error.name === "QuotaExceededError") return "full";
  console.error(error);
  return "broken";
};
