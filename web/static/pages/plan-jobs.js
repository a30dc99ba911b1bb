// Long work: started, asked after, and shown with its stage and share until its result is there.
import { ask, ServiceError } from "./service.js";

const { text, pick } = fangyu;
const SHOWN_AFTER_MS = 900;
const FIRST_MS = 80;
const MOST_MS = 700;

const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

// An indicator that stays away when the answer comes at once.
const indicator = (box) => {
  const bar = box.querySelector("progress");
  const words = box.querySelector("span");
  words.textContent = "";
  const timer = setTimeout(() => { box.hidden = false; }, SHOWN_AFTER_MS);
  return {
    tell: (job) => {
      const share = job.total ? Math.min(job.done / job.total, 1) : null;
      if (share === null) bar.removeAttribute("value");
      else bar.value = share;
      words.textContent = job.state === "waiting" ? text("plan_waiting")
        : text("plan_stage", { stage: pick(job.stage), share: share === null ? "" : fangyu.number(share * 100) + "%" });
    },
    end: () => { clearTimeout(timer); box.hidden = true; },
  };
};

const finished = async (job, shown, isWanted) => {
  let pause = FIRST_MS;
  let now = job;
  while (now.state === "waiting" || now.state === "running") {
    await wait(pause);
    if (!isWanted()) return null;
    pause = Math.min(pause * 1.5, MOST_MS);
    now = await ask(`/api/jobs/${now.id}`);
    shown.tell(now);
  }
  if (now.state === "failed") throw new ServiceError(pick(now.problem.message), pick(now.problem.hint), 422, now.problem);
  return now;
};

// Start a job under an address, wait for it, read its result; null when nobody wants it any more.
export const runJob = async (address, { box, isWanted = () => true }) => {
  const shown = indicator(box);
  try {
    const job = await finished(await ask(address, {}, { method: "POST" }), shown, isWanted);
    return job && await ask(job.result_url);
  } finally {
    shown.end();
  }
};
