// What the page shows of a report and of its files.

import { drop, edit, filesOf, get, put } from "./report.js";

export const wizard = document.getElementById("wizard");
export const form = wizard.querySelector("form");
export const $ = (selector, within = wizard) => within.querySelector(selector);
export const $$ = (selector, within = wizard) => [...within.querySelectorAll(selector)];
const part = (name) => $(`[data-part=${name}]`).content.firstElementChild.cloneNode(true);
export const say = (name, text) => ($(`[data-say=${name}]`).textContent = text);

export const word = (name, facts) =>
  $(`[data-word=${name}]`, $("[data-words]").content).textContent.replace(/\{(\w+)\}/g, (_whole, fact) => facts[fact]);

export function make(tag, text, ...children) {
  const made = document.createElement(tag);
  made.append(text, ...children);
  return made;
}

export function link(href, text, name = "") {
  const made = make("a", text);
  made.href = href;
  made.dataset.to = name;
  return made;
}

const pair = (name, ...said) => make("div", "", make("dt", name), make("dd", "", ...said));
const fill = (box, rows, list = "ul") => {
  box.hidden = !rows.length;
  $(list, box).replaceChildren(...rows);
};

export const field = (name) => form.elements[name];
export const label = (name) => {
  const own = field(name)?.labels[0];
  return own ? ($("span", own) || own).textContent.trim() : word("files");
};
const told = (name, value) => (field(name)?.options && $$("option", field(name)).find((one) => one.value === value)?.text) || value || word("none");
export const toField = (name, text) => link(`#${field(name)?.closest("[data-step]").dataset.step || "files"}`, text, name);

export const named = (pointer, part = "on") => (pointer.startsWith("milestones:") ? `m:${pointer.slice(11)}:${part}` : pointer.split("/")[0]);

export function mark(name, why) {
  const box = field(name)?.closest(".field");
  if (!box) return;
  box.classList.toggle("invalid", Boolean(why));
  field(name).ariaInvalid = Boolean(why);
  $(".errorlist", box)?.remove();
  if (!why) return;
  const said = make("p", why);
  said.className = "errorlist";
  $("legend, label", box).after(said);
}

export function facts({ project, period, report, facts: known, beside, last, notes, milestones }) {
  say("project", project.name);
  say("lead", period.label);
  document.title = `${project.name}: ${period.label}`;
  $("[data-facts]").replaceChildren(...known.map(([name, said]) => pair(name, said)));
  for (const place of $$("[data-beside]")) place.textContent = beside[place.dataset.beside] || "";
  for (const button of $$("[data-take]")) button.hidden = !last[button.dataset.take];
  fill($("[data-notes]"), notes.map((one) => make("li", "", toField(one.field, `${one.label}: ${one.text}`))));
  const place = $("[data-milestones]");
  if (place.childElementCount !== milestones.length) place.replaceChildren(...milestones.map(milestone));
  const doubts = report?.warnings || [];
  fill($("[data-warnings]"), doubts.map((one) => make("li", "", toField(named(one.field, "note").replace(/^\w+$/, "$&_note"), one.detail))));
  for (const one of $$("details")) one.open ||= $("input", one).value !== "" || doubts.some((doubt) => $("input", one).name === `${doubt.field}_note`);
}

function milestone({ code, name, terms }) {
  const drawn = part("milestone");
  $("legend", drawn).textContent = name;
  $(".help", drawn).textContent = terms;
  for (const one of $$("[data-part-of]", drawn)) one.name = `m:${code}:${one.dataset.partOf}`;
  for (const one of $$(".visually-hidden", drawn)) one.textContent = name;
  return drawn;
}

export function review({ form: known, data }) {
  const rows = $$("form .field").map((box) => {
    const names = $$("[name]", box).map((one) => one.name);
    const title = $("legend, label", box).textContent;
    const said = names.filter((name) => data[name] && (name !== "spent_currency" || data.spent)).map((name) => told(name, data[name]));
    const files = $$(".file b", box.parentElement).map((one) => one.textContent);
    if (!names[0]) return files.length && pair(title, files.join(", "));
    if (names[0].startsWith("m:") && !said.length) return null;
    const back = toField(names[0], word("change"));
    back.ariaLabel = `${word("change")}: ${title}`;
    return pair(title, make("p", said.join(" · ") || word("none")), back);
  });
  $("[data-answers]").replaceChildren(...rows.filter(Boolean));
  const state = known.report?.state || "draft";
  $("[data-do=submit]").hidden = !known.may_submit;
  $("[data-do=complete]").hidden = known.may_submit || state !== "draft";
  $("[data-complete]").hidden = known.may_submit || state === "draft";
}

export function conflicts(rows) {
  const drawn = rows.map((one, number) => {
    const box = part("conflict");
    $("legend", box).textContent = label(one.name);
    for (const input of $$("input", box)) {
      input.name = `choice-${number}`;
      input.nextElementSibling.append(told(one.name, one[input.value]));
    }
    return box;
  });
  if ($("[data-conflicts]").childElementCount !== rows.length) $("[data-conflicts]").replaceChildren(...drawn);
}

export function left({ receipt, left: rows }) {
  say("number", receipt);
  fill($("[data-left]"), rows.map(([name, said]) => pair(label(name), said || word("none"))), "dl");
}

const list = $("[data-files]");
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function smaller(file) {
  // up to 5 MB a photo goes as it is, with the time at which it was taken
  if (file.size <= 5242880 || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 2048 / Math.max(picture.width, picture.height));
    const paper = new OffscreenCanvas(picture.width * scale, picture.height * scale);
    paper.getContext("2d").drawImage(picture, 0, 0, paper.width, paper.height);
    const blob = await paper.convertToBlob({ type: "image/jpeg", quality: 0.85 });
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: blob.type });
  } catch {
    return file;
  }
}

async function add(key, chosen) {
  const blob = await smaller(chosen);
  const kind = blob.type.startsWith("image/") ? "photo" : "document";
  const facts = { uuid: crypto.randomUUID(), key, at: Date.now(), name: blob.name, size: blob.size, kind, caption: "" };
  await put("file", { ...facts, blob, sha256: hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())), state: "here" });
}

let drawn = Promise.resolve();
export const drawFiles = (draft) => (drawn = drawn.then(() => redraw(draft)));

async function redraw(draft) {
  const own = await filesOf(draft.key);
  const there = (draft.form?.report?.uploads || []).filter((one) => one.complete && !own.some((file) => file.uuid === one.client_uuid));
  const rows = [...there.map((one) => ({ ...one, uuid: one.client_uuid, state: "done" })), ...own.filter((file) => file.state !== "gone")];
  for (const line of $$("li", list)) if (!rows.some((file) => file.uuid === line.id)) line.remove();
  for (const file of rows) show(document.getElementById(file.uuid) || list.appendChild(begun(file)), file);
}

function begun(file) {
  const line = part("file");
  line.id = file.uuid;
  $("b", line).textContent = $("[data-act=remove] span", line).textContent = file.name;
  $(".source", line).textContent = `${(file.size / 1048576).toFixed(1)} ${word("mb")}`;
  for (const one of $$("[data-file]", line)) one.value = file[one.dataset.file] || "";
  return line;
}

function show(line, { at, name, size, state, sent = 0, why, place, note }) {
  const percent = Math.floor((100 * sent) / size);
  const said = [word(`file_${state}`, { percent: `${percent} %`, why }), place && word("place", { metres: place.accuracy }), note];
  line.dataset.state = state;
  $("[data-state]", line).textContent = said.filter(Boolean).join(" · ");
  const bar = $("progress", line);
  bar.hidden = state !== "begun";
  bar.value = percent;
  bar.ariaLabel = name;
  $("[data-edit]", line).hidden = !at || !["here", "done", "words"].includes(state);
  $("select", line).disabled = state !== "here";
  $("[data-act=place]", line).hidden = state !== "here" || place;
}

export async function readyFiles(draft) {
  for (const { uuid } of await filesOf(draft.key)) await edit(uuid, ({ state }) => ({ state: state === "here" ? "ready" : state }));
}

const acts = {
  async remove(draft, uuid) {
    const file = await get("file", uuid);
    if (file?.state === "here") return drop("file", uuid);
    await put("file", { uuid, key: draft.key, state: "gone" });
  },
  async place(draft, uuid) {
    const found = await new Promise((resolve) => navigator.geolocation.getCurrentPosition(resolve, () => resolve(), { enableHighAccuracy: true, timeout: 15000 }));
    const { latitude: lat, longitude: lon, accuracy } = found?.coords || {};
    const place = found && { lat: lat.toFixed(5), lon: lon.toFixed(5), accuracy: Math.round(accuracy) };
    await edit(uuid, () => ({ place, note: place ? "" : word("no_place") }));
  },
};

export function listenFiles(draft, changed, failed) {
  $("#w-add").addEventListener("change", async ({ target }) => {
    try {
      for (const file of target.files) await add(draft.key, file);
    } catch (error) {
      failed(error);
    }
    target.value = "";
    await drawFiles(draft);
    await changed();
  });
  list.addEventListener("change", async ({ target }) => {
    await edit(target.closest("li").id, ({ state }) => ({ [target.dataset.file]: target.value, state: state === "done" ? "words" : state }));
    await changed();
  });
  list.addEventListener("click", async ({ target }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    if (!act) return;
    await acts[act](draft, target.closest("li").id);
    await drawFiles(draft);
    if (act === "remove") $("#w-add").focus();
    await changed();
  });
}
