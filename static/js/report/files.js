// Photos and papers as the page shows them: added, described, given a place, removed, received.

import { $, $$, part, wizard, word } from "./page.js";
import { drop, filesOf, get, put } from "./store.js";

const WHOLE = 5 * 1024 * 1024; // up to this a photo goes as it is, with the time at which it was taken
const SIDE = 2048; // px
const list = wizard && $("[data-files]");
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/* A large photo as a smaller JPEG; what this browser cannot draw stays as it is. */
async function smaller(file) {
  if (file.size <= WHOLE || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
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
  // here → ready → begun → done; or refused, or gone
  await put("file", { ...facts, blob, sha256: hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())), state: "here" });
}

let drawn = Promise.resolve();
export const draw = (draft) => (drawn = drawn.then(() => redraw(draft)));

/* Line by line: neither the focus nor what is being typed is lost. */
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
  $(".source", line).textContent = `${(file.size / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${word("mb")}`;
  for (const one of $$("[data-file]", line)) one.value = file[one.dataset.file];
  return line;
}

function show(line, { name, size, state, sent = 0, why, place, note }) {
  const percent = Math.floor((100 * sent) / size);
  const said = [word(`file_${state}`, { percent, why }), place && word("place", { metres: Math.round(place.accuracy) }), note];
  line.dataset.state = state;
  $("[data-state]", line).textContent = said.filter(Boolean).join(" · ");
  const bar = $("progress", line);
  bar.hidden = state !== "begun";
  bar.value = percent;
  bar.setAttribute("aria-label", name);
  $("[data-edit]", line).hidden = state !== "here";
  $("[data-act=place]", line).hidden = state !== "here" || place;
}

/* They may go: nobody is describing them any more. */
export async function ready(draft) {
  for (const file of await filesOf(draft.key)) if (file.state === "here") await put("file", { ...file, state: "ready" });
}

const acts = {
  async remove(draft, uuid) {
    const file = (await get("file", uuid)) || { uuid, key: draft.key, state: "done" };
    if (["here", "ready"].includes(file.state)) return drop("file", uuid);
    await put("file", { ...file, state: "gone", blob: null });
  },
  /* Only when asked for; the device asks once more. */
  async place(draft, uuid) {
    const found = await new Promise((resolve) => navigator.geolocation.getCurrentPosition(resolve, () => resolve(), { enableHighAccuracy: true, timeout: 15000 }));
    const { latitude: lat, longitude: lon, accuracy } = found?.coords || {};
    await put("file", { ...(await get("file", uuid)), place: found && { lat, lon, accuracy }, note: found ? "" : word("no_place") });
  },
};

/* `changed`: something is to be sent or said. `failed`: there was no room. */
export function listen(draft, changed, failed) {
  $("#w-add").addEventListener("change", async ({ target }) => {
    try {
      for (const file of target.files) await add(draft.key, file);
    } catch (error) {
      failed(error);
    }
    target.value = "";
    await draw(draft);
    await changed();
  });
  list.addEventListener("change", async ({ target }) => {
    const file = await get("file", target.closest("li").id);
    await put("file", { ...file, [target.dataset.file]: target.value });
  });
  list.addEventListener("click", async ({ target }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    if (!act) return;
    await acts[act](draft, target.closest("li").id);
    await draw(draft);
    if (act === "remove") $("#w-add").focus();
    await changed();
  });
}
