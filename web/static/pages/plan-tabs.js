// Three parts of the side: the arrow keys go from one to the next.
const byId = (id) => document.getElementById(id);

// onShow(name) is told which part is seen.
export const startTabs = ({ onShow }) => {
  const all = [...document.querySelectorAll("#fy-tabs [role=tab]")];
  const select = (tab, { focus = false } = {}) => {
    for (const one of all) {
      const on = one === tab;
      one.setAttribute("aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
      byId(one.getAttribute("aria-controls")).hidden = !on;
    }
    if (focus) tab.focus();
    onShow(tab.id.replace("fy-tab-", ""));
  };
  const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
  all.forEach((tab, at) => {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", (event) => {
      if (STEPS[event.key]) select(all[(at + STEPS[event.key] + all.length) % all.length], { focus: true });
    });
  });
  return { show: (name) => select(byId(`fy-tab-${name}`)) };
};
