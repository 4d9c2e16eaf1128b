"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const bundle = read("bundle"), words = read("words"), say = words.say;
  const frozen = bundle.frozen, key = `alatau:${bundle.signature}`;
  const fields = [];
  let count = 0;

  const make = (tag, facts = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(facts)) {
      if (value !== "" && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };

  // One control with its label, what helps, and where its fault is said. `path`: where its answer goes.
  const field = (project, path, label, kind, value, options, help) => {
    const id = `f${count += 1}`;
    const facts = kind === "input" ? { id, type: "text", autocomplete: "off", maxlength: 500 } : kind === "textarea" ? { id, maxlength: 20000 } : { id };
    if (path[2] === "value") facts.inputmode = "decimal";
    const control = make(kind, facts);
    if (options) {
      control.append(make("option", {}, "—"), ...options.map(([code, name]) => make("option", { value: code }, name)));
      control.firstChild.value = "";
    }
    control.value = value || "";
    const said = make("p", { class: "wrong", id: `${id}-wrong` });
    const helped = help ? [make("p", { class: "help", id: `${id}-help` }, help)] : [];
    control.setAttribute("aria-describedby", [help ? `${id}-help` : "", said.id].filter(Boolean).join(" "));
    fields.push({ project, path, control, said });
    return make("div", { class: "field" }, make("label", { for: id }, label), ...helped, control, said);
  };

  const group = (title, ...children) => make("fieldset", {}, make("legend", {}, title), make("div", { class: "row" }, ...children));

  const metric = (project, one) => {
    const code = one.code, now = project.draft[code] || {};
    const mark = now.mark === "value" ? "" : now.mark;
    const parts = [field(project.project, ["values", code, "value"], say.value, "input", now.value, null, words.hints[project.project][code])];
    if (code === "spent") {
      parts.push(field(project.project, ["values", code, "currency"], say.currency, "select", now.currency || "KZT", words.currencies.map((coin) => [coin, coin])));
    }
    parts.push(
      field(project.project, ["values", code, "mark"], say.mark, "select", mark, words.marks),
      field(project.project, ["values", code, "note"], say.note, "input", now.note),
    );
    return group(one.label, ...parts);
  };

  const milestone = (project, one) => {
    const now = project.draft[`milestones:${one.code}`] || {};
    const at = (part) => ["milestones", one.code, part];
    return group(
      one.name,
      field(project.project, at("outcome"), say.outcome, "select", now.outcome, words.outcomes, one.expected ? say.expected.replace("%s", one.expected) : ""),
      field(project.project, at("on"), say.on, "input", now.on, null, say.dayHint),
      field(project.project, at("reason"), say.reason, "select", now.reason, words.reasons),
      field(project.project, at("note"), say.note, "input", now.note),
    );
  };

  const shown = (project) => {
    const box = make("details", frozen.projects.length < 4 ? { open: "open" } : {}, make("summary", {}, make("h2", {}, project.name), ` ${project.project}`));
    box.append(...words.metrics.map((one) => metric(project, one)));
    if (project.milestones.length) box.append(make("h3", {}, say.milestones), ...project.milestones.map((one) => milestone(project, one)));
    box.append(make("h3", {}, say.words), ...words.words.map((one) => field(project.project, [one.code], one.label, "textarea", project.draft[one.code])));
    return box;
  };

  // As the portal reads it: docs, tasks/offline/sent.py.
  const answers = () => {
    const told = {};
    for (const { project, path, control } of fields) {
      let place = (told[project] ||= { values: {}, milestones: {} });
      for (const name of path.slice(0, -1)) place = (place[name] ||= {});
      place[path.at(-1)] = control.value.trim();
    }
    for (const one of Object.values(told)) if (one.values.spent && !one.values.spent.value) one.values.spent.currency = "";
    return told;
  };

  const isNumber = (typed) => /^[+-]?\d{1,18}(\.\d{1,6})?$/.test(typed.replace(/[\s']/g, "").replace(",", "."));
  const other = (one, part) => fields.find((each) => each.project === one.project && each.path[1] === one.path[1] && each.path[2] === part).control.value;
  const check = (one) => {
    if (one.path[2] !== "value") return true;
    const typed = one.control.value.trim();
    const fault = !typed ? "" : !isNumber(typed) ? say.number : other(one, "mark") ? say.both : "";
    one.said.textContent = fault;
    if (fault) one.control.setAttribute("aria-invalid", "true");
    else one.control.removeAttribute("aria-invalid");
    return !fault;
  };

  const kept = document.getElementById("kept"), done = document.getElementById("done");
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(fields.map((one) => one.control.value)));
      kept.textContent = say.kept.replace("%s", new Date().toTimeString().slice(0, 5));
    } catch {
      kept.textContent = say.notKept;
    }
  };
  const restore = () => {
    try {
      const before = JSON.parse(localStorage.getItem(key) || "[]");
      if (before.length === fields.length) before.forEach((value, place) => { fields[place].control.value = value; });
    } catch {
      kept.textContent = say.notKept;
    }
  };

  document.getElementById("projects").append(...frozen.projects.map(shown));
  restore();
  document.getElementById("form").addEventListener("input", keep);
  document.getElementById("form").addEventListener("change", (event) => {
    const one = fields.find((each) => each.control === event.target);
    for (const each of fields) if (one && each.project === one.project && each.path[1] === one.path[1]) check(each);
  });
  document.getElementById("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fields.filter((one) => !check(one));
    const name = `alatau-${frozen.period}-answers.json`;
    const file = new Blob([JSON.stringify({ ...bundle, answers: answers() })], { type: "application/json" });
    const link = make("a", { href: URL.createObjectURL(file), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    done.textContent = say.saved.replace("%s", name) + (wrong.length ? ` ${say.look}` : "");
    if (wrong.length) {
      wrong[0].control.closest("details").open = true;
      wrong[0].control.focus();
    }
  });
})();
