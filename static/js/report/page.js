// Hands on the page: its parts, its words, and what is drawn of a report.

export const wizard = document.getElementById("wizard");
export const form = wizard?.querySelector("form");
export const $ = (selector, within = wizard) => within.querySelector(selector);
export const $$ = (selector, within = wizard) => [...within.querySelectorAll(selector)];
export const part = (name) => $(`[data-part=${name}]`).content.firstElementChild.cloneNode(true);
export const say = (name, text) => ($(`[data-say=${name}]`).textContent = text);

/* A word of the page's language; {name} in it is filled in. */
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
  return own ? ($("span", own) || own).textContent.trim() : name;
};
/* A value as people read it: of a choice its word. */
export const told = (name, value) => (field(name)?.options && $$("option", field(name)).find((one) => one.value === value)?.text) || value || word("none");
export const toField = (name, text) => link(`#${field(name)?.closest("[data-step]").dataset.step || "files"}`, text, name);

/* From a metric, milestones:code or files:1 of the API to the field of the page. */
export const named = (pointer, part = "on") => (pointer.startsWith("milestones:") ? `m:${pointer.slice(11)}:${part}` : pointer.split("/")[0]);

export function mark(name, why) {
  const box = field(name)?.closest(".field");
  if (!box) return;
  box.classList.toggle("invalid", Boolean(why));
  field(name).setAttribute("aria-invalid", Boolean(why));
  $(".errorlist", box)?.remove();
  if (!why) return;
  const said = make("p", why);
  said.className = "errorlist";
  $("legend, label", box).after(said);
}

/* Beside the fields: what was accepted last, what is planned, what the office said, what is doubtful. */
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
  for (const one of $$("[data-part-of]", drawn)) {
    one.name = `m:${code}:${one.dataset.partOf}`;
    $("span", one.parentElement).append(make("span", `: ${name}`));
    $("span span", one.parentElement).className = "visually-hidden";
  }
  return drawn;
}

/* Everything that will be handed in, with the way back to each. */
export function review({ form: known, data }) {
  const rows = $$("form .field").map((box) => {
    const names = $$("[name]", box).map((one) => one.name);
    const title = $("legend, label", box).textContent;
    const said = names.filter((name) => data[name] && (name !== "spent_currency" || data.spent)).map((name) => told(name, data[name]));
    const files = $$(".file b", box.parentElement).map((one) => one.textContent);
    if (!names[0]) return files.length && pair(title, files.join(", "));
    if (names[0].startsWith("m:") && !said.length) return null;
    const back = toField(names[0], word("change"));
    back.append(make("span", `: ${title}`));
    back.lastChild.className = "visually-hidden";
    return pair(title, make("p", said.join(" · ") || word("none")), back);
  });
  $("[data-answers]").replaceChildren(...rows.filter(Boolean));
  const state = known.report?.state || "draft";
  $("[data-do=submit]").hidden = !known.may_submit;
  $("[data-do=complete]").hidden = known.may_submit || state !== "draft";
  $("[data-complete]").hidden = known.may_submit || state === "draft";
}

/* Mine and theirs side by side; nothing is chosen beforehand. */
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

/* What was typed here and never arrived. */
export const left = (rows) => fill($("[data-left]"), rows.map(([name, said]) => pair(label(name), said || word("none"))), "dl");
