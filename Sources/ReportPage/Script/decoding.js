const statuses = ["PENDING", "QUEUED", "RUNNING", "DONE", "FAILED", "CANCELLED"];
const checkpoints = ["SCRAPE", "DB", "S3"];
const shared = [];
// A text at its first use is itself, later its place counted from 1; 0 is none.
function text(value) {
  if (typeof value === "number") return value === 0 ? null : shared[value - 1];
  if (shared.length < data.sharedLimit) shared.push(value);
  return value;
}
function identity(packed) {
  const raw = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  let hex = "";
  for (const character of raw) hex += character.charCodeAt(0).toString(16).padStart(2, "0");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
function readEvents(flat) {
  const events = [];
  const last = {};
  let at = data.run.started;
  for (let index = 0; index < flat.length;) {
    const head = text(flat[index++]);
    const [kind, attempt, run, keys] = head.split("|");
    at += flat[index++];
    const details = {};
    for (const key of keys ? keys.split(",") : []) {
      const value = flat[index++];
      const name = key.replace(/[#!]$/, "");
      if (key.endsWith("#")) details[name] = value;
      else if (value === 0) details[name] = last[name];
      else details[name] = last[name] = key.endsWith("!") ? value : text(value);
    }
    events.push({ kind, attempt: Number(attempt), run, at, details });
  }
  return events;
}
const missions = data.missions.map((row, index) => {
  const [id, start, length, media, languages, status, checkpoint, ads, code, cause, message, worker, proxy,
    retries, queued, started, finished, size, scrape, db, s3, source, values, events] = row;
  const moment = (value) => (value === null ? null : data.run.started + value);
  return {
    index, id: identity(id), start, end: start + length, media: ["all", "video", "image"][media] ?? "",
    languages: text(languages), status: statuses[status], checkpoint, ads, code: text(code), cause: text(cause),
    message: text(message), worker: text(worker), proxy: text(proxy), retries, queued: moment(queued),
    started: moment(started), finished: moment(finished), size, took: [scrape, db, s3], source: text(source), values: text(values),
    events: events === 0 ? null : readEvents(events),
  };
});
data.missions = null;

const isLeft = (status) => status === "PENDING" || status === "QUEUED";
const group = (status) => (isLeft(status) ? "left" : status.toLowerCase());
const statusText = (status) => say("status" + status);
function mark(mission, ordinal) {
  if (mission.status === "DONE" || ordinal < mission.checkpoint) return "done";
  if (ordinal > mission.checkpoint) return "pending";
  return { RUNNING: "running", FAILED: "failed" }[mission.status] ?? "pending";
}
const markSign = { done: "✓", failed: "✗", running: "◐", pending: "·" };
// All the time that the checkpoints which succeeded took.
const timeTaken = (mission) => mission.took.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);
