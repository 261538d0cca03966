// { worker, kind: session | job | load | upload | failure, from, to, mission, attempt, code }
function segmentsOf(mission) {
  const found = [];
  let worker = mission.worker, opening = null, job = null, local = null;
  const add = (kind, from, to, attempt = 1, code = null) => {
    if (worker) found.push({ worker, kind, from, to: Math.max(from, to), mission, top: 0, attempt, code });
  };
  for (const { kind, at, run, details, attempt } of mission.events ?? []) {
    if (run) continue;
    if (kind === "STARTED") {
      worker = details.worker ?? (details.checkpoint === "SCRAPE" ? null : mission.worker);
      [opening, job, local] = [null, null, details.checkpoint === "SCRAPE" ? null : at];
    }
    if (details.worker) worker = details.worker;
    if (kind === "SESSION_CREATING" || (kind === "SESSION_CREATED" && opening === null)) opening = at;
    if (kind === "SESSION_READY" && opening !== null) add("session", opening, at);
    if (kind === "SCRAPE_STARTING" || kind === "JOB_ADOPTED") job = at;
    if (kind === "SCRAPE_COMPLETED") { add("job", job ?? at, at, attempt); [job, local] = [null, at]; }
    if (kind === "DB_COMPLETED") { add("load", local ?? at, at); local = at; }
    if (kind === "S3_COMPLETED") { add("upload", local ?? at, at); local = null; }
    if (kind.endsWith("_ERROR")) {
      const code = details.error_code ?? null;
      if (job !== null) add("job", job, at, attempt, code);
      else if (opening !== null && kind === "SCRAPE_ERROR") add("session", opening, at, attempt, code);
      add("failure", at, at, attempt, code);
      [opening, job] = [null, null];
    }
  }
  if (mission.status === "RUNNING" && job !== null) add("job", job, data.run.written);
  return found;
}
// Milliseconds in which at least one job ran; segments come sorted.
function busyTime(segments) {
  let busy = 0, until = -Infinity;
  for (const { kind, from, to } of segments) {
    if (kind !== "job" || to <= until) continue;
    busy += to - Math.max(from, until);
    until = to;
  }
  return busy;
}
// Jobs at once on a worker stand below each other; sessions, loads and uploads share the lane's own rows.
function lanesOf(segments) {
  const lanes = new Map();
  for (const segment of segments) {
    if (!lanes.has(segment.worker)) lanes.set(segment.worker, { worker: segment.worker, segments: [], rows: 1 });
    lanes.get(segment.worker).segments.push(segment);
  }
  for (const lane of lanes.values()) {
    lane.segments.sort((left, right) => left.from - right.from);
    const free = [];
    for (const segment of lane.segments) {
      if (segment.kind !== "job") continue;
      let row = free.findIndex((end) => end <= segment.from);
      if (row < 0) row = free.length < 12 ? free.push(0) - 1 : 11;
      free[row] = segment.to;
      segment.top = row;
    }
    lane.rows = Math.max(1, free.length);
    lane.busy = busyTime(lane.segments);
  }
  const natural = new Intl.Collator(words.language, { numeric: true });
  return [...lanes.values()].sort((left, right) => natural.compare(left.worker, right.worker));
}
