// The search boxes of select2 carry no name of their own: each takes the one of the field it stands for.
(() => {
  const nameAll = () => {
    for (const field of document.querySelectorAll("select.select2-hidden-accessible")) {
      const label = field.labels[0] || field;
      label.id ||= `${field.id}-name`;
      const box = field.nextElementSibling?.querySelector("[role=combobox]");
      const value = box?.querySelector("[role=textbox]");
      if (!value) continue;
      box.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
      value.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
    }
  };
  // jQuery calls in the order of asking: this asks last, when select2 has made its boxes.
  addEventListener("load", () => {
    window.django?.jQuery?.(nameAll);
    document.addEventListener("formset:added", nameAll);
  });
})();

// Ctrl+K asks when a key is let go: what is pasted or composed comes without one.
document.addEventListener("input", (event) => {
  if (event.target.id !== "search-input-command") return;
  event.target.dispatchEvent(new Event("keyup", { bubbles: true }));
});
