// Long work: started, asked after, shown with its place in the line, stage and share, called off, and its result read.
import { ask, ServiceError } from "./service.js";

const { text, pick } = fangyu;
const SHOWN_AFTER_MS = 900;
const FIRST_MS = 80;
const MOST_MS = 700;
const UNDER_WAY = new Set(["waiting", "running"]);
const going = new Set(); // ids of jobs this page waits for

const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
const callOff = (id, options = {}) => ask(`/api/jobs/${id}`, {}, { method: "DELETE", ...options }).catch(() => null);

// Whoever leaves the page does not wait any more: the line goes on without.
addEventListener("pagehide", () => { for (const id of going) callOff(id, { keepalive: true }); });

const words = (job, share) => (job.state !== "waiting"
  ? text("plan_stage", { stage: pick(job.stage), share: share === null ? "" : fangyu.number(share * 100) + "%" })
  : job.position ? text("plan_queue", { n: job.position }) : text("plan_waiting"));

// An indicator that stays away when the answer comes at once.
const indicator = (box, back) => {
  const bar = box.querySelector("progress");
  const said = box.querySelector("span");
  const button = box.querySelector("button");
  const shown = { cancelled: false };
  said.textContent = text("plan_starting");
  bar.removeAttribute("value");
  button.onclick = () => { shown.cancelled = true; said.textContent = text("plan_stopping"); };
  const timer = setTimeout(() => { box.hidden = false; }, SHOWN_AFTER_MS);
  shown.tell = (job) => {
    const share = job.total ? Math.min(job.done / job.total, 1) : null;
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
    said.textContent = words(job, share);
  };
  shown.end = () => {
    clearTimeout(timer);
    const here = box.contains(document.activeElement);
    box.hidden = true;
    if (here && back) setTimeout(() => back.focus(), 0);
  };
  return shown;
};

// The job when it is done; null when it was called off, or nobody wants it any more.
const finished = async (job, shown, isWanted) => {
  let pause = FIRST_MS;
  let now = job;
  shown.tell(now);
  while (UNDER_WAY.has(now.state)) {
    await wait(pause);
    if (shown.cancelled || !isWanted()) {
      await callOff(now.id);
      return null;
    }
    pause = Math.min(pause * 1.5, MOST_MS);
    now = await ask(`/api/jobs/${now.id}`);
    shown.tell(now);
  }
  if (now.state === "failed") throw new ServiceError(pick(now.problem.message), pick(now.problem.hint), 422, now.problem);
  return now.state === "done" ? now : null;
};

const readJson = (job) => ask(job.result_url);

// Start a job under an address, wait for it, read its result; null when it was called off or nobody wants it any more.
export const runJob = async (address, { box, back = null, isWanted = () => true, read = readJson }) => {
  const shown = indicator(box, back);
  let job = null;
  try {
    job = await ask(address, {}, { method: "POST" });
    going.add(job.id);
    const done = await finished(job, shown, isWanted);
    return done && await read(done);
  } finally {
    if (job) going.delete(job.id);
    shown.end();
  }
};
