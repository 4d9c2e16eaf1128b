// The answers as one map, name of a field → text: read from the API's report, written to it, merged with another's.

const METRICS = ["physical_progress", "financial_progress", "spent", "jobs_construction", "jobs_permanent", "jobs_local"];
const WORDS = ["text", "issues", "risks", "help_needed", "language"];
const PARTS = ["outcome", "on", "reason", "note"];

/* “1 500 000,50” as the API takes it. */
export const number = (typed = "") => typed.replace(/\s/g, "").replace(",", ".");

/* What is wrong with one field, as the name of a word. */
export function fault(name, typed) {
  const value = number(typed);
  if (!value || !METRICS.includes(name)) return "";
  if (!/^\d{1,18}(\.\d{1,2})?$/.test(value)) return "number";
  if (name.endsWith("_progress") && +value > 100) return "percent";
  return name.startsWith("jobs") && +value % 1 ? "whole" : "";
}

const plain = (name, typed = "") => (METRICS.includes(name) && +number(typed) >= 0 && typed ? String(+number(typed)) : typed.trim());
export const same = (name, one, other) => plain(name, one) === plain(name, other);

export function fromReport(report) {
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

/* Where what was typed cannot be sent, what the server has stays: `kept`. */
export function toReport(data, kept) {
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

/* What stands in the way of handing it in: [field, word]. */
export function gaps(data) {
  const wrong = (name) => fault(name, data[name]) || (number(data[name]) || data[`${name}_mark`] ? "" : "missing");
  return [
    ...METRICS.map((name) => [name, wrong(name)]),
    ...milestones(data).map((row) => [`m:${row.milestone}:${lacks(row)}`, lacks(row)]),
  ].filter(([, why]) => why);
}

/* Theirs comes in where mine is untouched; where both wrote, and not the same, people choose. */
export function merge({ data, base }, theirs) {
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
