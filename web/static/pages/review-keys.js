// The keyboard: one letter does one thing, but never while somebody is typing or a dialog is open.
const TYPED = new Set(["text", "search", "number", "date", "email", "tel", "url", "password"]);

const isTyping = (element) => {
  if (element.isContentEditable || /^(SELECT|TEXTAREA)$/.test(element.tagName)) return true;
  return element.tagName === "INPUT" && TYPED.has(element.type);
};

// Arrows scroll what they are pressed in, unless that is one of our lists.
const movesByArrow = (element) => element.closest("#fy-cases, #fy-findings") || element === document.body;

const named = (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return movesByArrow(event.target) ? event.key : "";
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
};

// does: key -> what to do; it returns false when there was nothing to do.
export const startKeys = (does) => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key !== "Escape" && isTyping(event.target)) return;
    const act = does[named(event)];
    if (act && act(event) !== false) event.preventDefault();
  });
};

export const startHelp = () => {
  const help = document.getElementById("fy-help");
  const open = () => { if (!help.open) help.showModal(); };
  document.getElementById("fy-help-open").addEventListener("click", open);
  help.addEventListener("click", (event) => { if (event.target === help) help.close(); });
  return open;
};
