// The changes of a plan as a list that can be undone: nothing here reaches the layers.
const PLACED = new Set(["add", "move"]);

const without = (list, id, actions = null) => list.filter((one) => one.id !== id || (actions && !actions.includes(one.action)));

const changedAdd = (list, change) => list.map((one) => {
  if (one.id !== change.id) return one;
  if (change.action === "move") return { ...one, lon: change.lon, lat: change.lat };
  return { ...one, amounts: { ...one.amounts, ...change.amounts } };
});

// One facility takes one change of a kind; an added or closed one takes no other, as the service demands.
export const merged = (list, change) => {
  const isNew = list.some((one) => one.id === change.id && one.action === "add");
  if (isNew && change.action === "close") return without(list, change.id);
  if (isNew && (change.action === "move" || change.action === "resize")) return changedAdd(list, change);
  if (change.action === "close") return [...without(list, change.id), change];
  const isClosed = list.some((one) => one.id === change.id && one.action === "close");
  if (change.action === "open" && isClosed) return without(list, change.id);
  return [...without(list, change.id, ["close", change.action]), change];
};

// As the command line and addresses write a change.
export const written = (change) => {
  const place = PLACED.has(change.action) ? `@${change.lon.toFixed(7)},${change.lat.toFixed(7)}` : "";
  const amounts = Object.entries(change.amounts || {}).map(([name, value]) => `${name}=${value}`);
  return `${change.action}:${[`${change.id}${place}`, ...(change.name ? [change.name] : []), ...amounts].join(";")}`;
};

// The other way round; null for what is no change.
export const readChange = (said) => {
  const found = /^(add|move|close|open|resize):([^;@]+)(?:@(-?[\d.]+),(-?[\d.]+))?((?:;[^;]*)*)$/.exec(said);
  if (!found || (PLACED.has(found[1]) && found[3] === undefined)) return null;
  const rest = found[5].split(";").filter(Boolean);
  const amounts = Object.fromEntries(rest.filter((one) => one.includes("=")).map((one) => {
    const [name, value] = one.split("=");
    return [name, Number(value)];
  }));
  if (Object.values(amounts).some((value) => !Number.isFinite(value))) return null;
  const placed = PLACED.has(found[1]) ? { lon: Number(found[3]), lat: Number(found[4]) } : {};
  return { action: found[1], id: found[2], ...placed, name: rest.find((one) => !one.includes("=")) || "", amounts };
};

// A name that can be written into an address and a command.
export const plainName = (name) => name.replace(/[;=@]/g, " ").trim().slice(0, 80);

export const startChanges = (onChange) => {
  let now = [];
  let past = [];
  let future = [];
  const set = (list) => {
    past = [...past, now].slice(-100);
    future = [];
    now = list;
    onChange();
  };
  return {
    all: () => now,
    put: (change) => set(merged(now, change)),
    putAll: (changes) => set(changes.reduce(merged, now)),
    remove: (id, action) => set(without(now, id, [action])),
    replace: (list) => set([...list]),
    // Another question's changes: nothing to go back to.
    reset: (list = []) => { now = [...list]; past = []; future = []; onChange(); },
    undo: () => { if (past.length) { future = [now, ...future]; now = past.pop(); onChange(); } },
    redo: () => { if (future.length) { past = [...past, now]; now = future.shift(); onChange(); } },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    freeId: (taken) => {
      for (let n = 1; ; n += 1) if (!taken(`new-${n}`) && !now.some((one) => one.id === `new-${n}`)) return `new-${n}`;
    },
  };
};
