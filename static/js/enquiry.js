// Another language in the midst of an enquiry: the page is asked for in it with all that was typed.
const form = document.querySelector("form[data-enquiry]");

document.addEventListener("click", (event) => {
  const link = event.target.closest(".languages a");
  if (!form || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  form.action = new URL(link.href).pathname;
  const go = Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: "stay" });
  form.append(go);
  form.submit();
});
