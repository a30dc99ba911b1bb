// The size of the text, kept in this browser; set before the page is drawn.
(() => {
  "use strict";
  const KEY = "fangyu-text-size";
  let size = "1";
  try { size = localStorage.getItem(KEY) || "1"; } catch { /* storage may be forbidden */ }
  const apply = () => document.documentElement.style.setProperty("--text-scale", size);
  const mark = () => document.querySelectorAll("[data-size]").forEach(
    (button) => button.setAttribute("aria-pressed", String(button.dataset.size === size)));
  apply();
  document.addEventListener("DOMContentLoaded", () => {
    mark();
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-size]");
      if (!button) return;
      size = button.dataset.size;
      try { localStorage.setItem(KEY, size); } catch { /* as above */ }
      apply();
      mark();
    });
    // The language switch keeps the filters that stand behind the #.
    const language = document.querySelector(".fy-lang");
    if (language) language.addEventListener("click", () => { language.href = language.getAttribute("href").split("#")[0] + location.hash; });
  });
})();
