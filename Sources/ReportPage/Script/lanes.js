// { worker, kind: session | job | load | upload | failure, from, to, mission }
function segmentsOf(mission) {
  const found = [];
  let worker = mission.worker, opening = null, job = null, local = null;
  const add = (kind, from, to) => {
    if (worker) found.push({ worker, kind, from, to: Math.max(from, to), mission, top: 0 });
  };
  for (const { kind, at, run, details } of mission.events ?? []) {
    if (run) continue;
    if (kind === "STARTED") {
      worker = details.worker ?? (details.checkpoint === "SCRAPE" ? null : mission.worker);
      [opening, job, local] = [null, null, details.checkpoint === "SCRAPE" ? null : at];
    }
    if (details.worker) worker = details.worker;
    if (kind === "SESSION_CREATING" || (kind === "SESSION_CREATED" && opening === null)) opening = at;
    if (kind === "SESSION_READY" && opening !== null) add("session", opening, at);
    if (kind === "SCRAPE_STARTING" || kind === "JOB_ADOPTED") job = at;
    if (kind === "SCRAPE_COMPLETED") { add("job", job ?? at, at); [job, local] = [null, at]; }
    if (kind === "DB_COMPLETED") { add("load", local ?? at, at); local = at; }
    if (kind === "S3_COMPLETED") { add("upload", local ?? at, at); local = null; }
    if (kind.endsWith("_ERROR")) {
      if (job !== null) add("job", job, at);
      else if (opening !== null && kind === "SCRAPE_ERROR") add("session", opening, at);
      add("failure", at, at);
      [opening, job] = [null, null];
    }
  }
  if (mission.status === "RUNNING" && job !== null) add("job", job, data.run.written);
  return found;
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
  }
  const natural = new Intl.Collator(words.language, { numeric: true });
  return [...lanes.values()].sort((left, right) => natural.compare(left.worker, right.worker));
}
