// On a narrow screen the side is a sheet over the lower part of the map, in three heights.
const NARROW = matchMedia("(max-width: 760px)");
const NEXT = { peek: "half", half: "full", full: "peek" };
const handle = document.getElementById("fy-handle");

export const setSheet = (height) => {
  document.body.dataset.sheet = height;
  handle.setAttribute("aria-expanded", String(height !== "peek"));
  if (fangyu.map) fangyu.map.invalidateSize({ animate: false });
};

export const startSheet = () => {
  setSheet("half");
  handle.addEventListener("click", () => setSheet(NEXT[document.body.dataset.sheet]));
  // While a place is chosen the map is what matters.
  new MutationObserver(() => {
    if (NARROW.matches && document.querySelector(".fy-picking")) setSheet("peek");
  }).observe(document.querySelector(".folium-map"), { attributes: true, attributeFilter: ["class"] });
};
