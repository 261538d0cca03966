function drawLanes() {
  const lanes = lanesOf(missions.flatMap(segmentsOf));
  const canvas = find("lanes-canvas"), brush = canvas.getContext("2d");
  if (lanes.length === 0) { find("lanes").hidden = true; return; }
  const [begin, end] = [data.run.started, Math.max(data.run.started + 1, data.run.finished ?? data.run.written)];
  let from = begin, to = end, places = [], pressed = null, released = null;
  const rowHeight = 11, axis = 26, titles = 20;
  const laneHeight = (lane) => titles + lane.rows * rowHeight + 18;
  const height = axis + lanes.reduce((sum, lane) => sum + laneHeight(lane), 0);
  const x = (time) => ((time - from) / (to - from)) * canvas.clientWidth;
  const timeAt = (place) => from + (place / canvas.clientWidth) * (to - from);
  canvas.style.height = height + "px";
  function ticks(width) {
    const rough = ((to - from) / width) * 110;
    const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5,
      18e5, 36e5, 72e5, 108e5, 216e5, 432e5, 864e5, 1728e5, 6048e5, 26784e5];
    const step = steps.find((size) => size >= rough) ?? steps.at(-1);
    const found = [];
    for (let time = Math.ceil(from / step) * step; time <= to; time += step) found.push(time);
    const label = (time) => step >= 864e5 ? dayText(Math.floor(time / 864e5)) :
      clock(time) + (step < 1000 ? "." + String(time % 1000).padStart(3, "0") : "");
    return found.map((time) => [time, label(time)]);
  }
  function redraw() {
    const width = canvas.clientWidth, scale = devicePixelRatio || 1;
    if (width === 0) return;
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    brush.scale(scale, scale);
    const paint = Object.fromEntries(["text", "soft", "line", "session", "job", "job-2", "job-3", "load", "accent", "bad", "hover", "ground"]
      .map((name) => [name, color(name)]));
    const fonts = getComputedStyle(document.documentElement);
    brush.clearRect(0, 0, width, height);
    brush.font = "11px " + fonts.getPropertyValue("--mono");
    for (const [time, label] of ticks(width)) {
      const place = Math.round(x(time)) + .5;
      brush.fillStyle = paint.line;
      brush.fillRect(place, axis - 6, 1, height - axis);
      brush.fillStyle = paint.soft;
      if (place < width - 70) brush.fillText(label, place + 4, 12);
    }
    places = [];
    let top = axis;
    for (const lane of lanes) {
      brush.fillStyle = paint.text;
      brush.font = "600 12px " + fonts.getPropertyValue("--sans");
      brush.fillText(lane.worker, 2, top + 12, width - 4);
      const share = say("laneBusy", { share: Math.round((100 * lane.busy) / (end - begin)) });
      const room = brush.measureText(lane.worker).width;
      brush.fillStyle = paint.soft;
      brush.font = "400 12px " + fonts.getPropertyValue("--sans");
      brush.fillText(share, room + 12, top + 12, Math.max(1, width - room - 16));
      drawLane(lane, top + titles, paint, width);
      top += laneHeight(lane);
    }
    if (pressed !== null && released !== null) {
      brush.fillStyle = paint.accent;
      brush.globalAlpha = .18;
      brush.fillRect(Math.min(pressed, released), axis - 6, Math.abs(released - pressed), height);
      brush.globalAlpha = 1;
    }
  }
  // Sessions lie behind, then jobs, then loads and uploads on a thin line, failures on top.
  function drawLane(lane, top, paint, width) {
    const under = top + lane.rows * rowHeight + 2;
    brush.fillStyle = paint.hover;
    brush.fillRect(0, top - 2, width, lane.rows * rowHeight + 9);
    const rectangle = (segment, place, tall, fill, least) => {
      const start = x(segment.from), length = Math.max(least, x(segment.to) - start);
      if (start > width || start + length < 0) return;
      brush.fillStyle = fill;
      brush.fillRect(start, place, length, tall);
      places.push({ segment, left: start, right: start + length, top: place, bottom: place + tall });
    };
    const each = (kind, body) => lane.segments.forEach((segment) => { if (segment.kind === kind) body(segment); });
    each("session", (segment) => rectangle(segment, top, lane.rows * rowHeight - 2, paint.session, 1));
    each("job", (segment) => {
      const isWide = x(segment.to) - x(segment.from) > 4;
      rectangle(segment, top + segment.top * rowHeight, rowHeight - 3,
        segment.attempt > 2 ? paint["job-3"] : segment.attempt === 2 ? paint["job-2"] : paint.job, 1);
      if (isWide) { brush.fillStyle = paint.ground; brush.fillRect(x(segment.to) - 1, top + segment.top * rowHeight, 1, rowHeight - 3); }
    });
    each("load", (segment) => rectangle(segment, under, 3, paint.load, 1.5));
    each("upload", (segment) => rectangle(segment, under, 3, paint.accent, 1.5));
    brush.fillStyle = paint.bad;
    each("failure", (segment) => {
      const place = x(segment.from);
      if (place < -4 || place > width + 4) return;
      brush.beginPath();
      brush.arc(place, under + 1.5, 3, 0, 7);
      brush.fill();
      places.push({ segment, left: place - 4, right: place + 4, top: under - 4, bottom: under + 7 });
    });
  }
  function show(first, last) {
    const length = Math.min(end - begin, Math.max(20, last - first));
    from = Math.max(begin, Math.min(first, end - length));
    to = from + length;
    find("zoom-out").disabled = find("zoom-all").disabled = to - from >= end - begin;
    find("zoom-left").disabled = from <= begin;
    find("zoom-right").disabled = to >= end;
    redraw();
  }
  const zoom = (factor) => { const half = ((to - from) * factor) / 2, middle = (from + to) / 2; show(middle - half, middle + half); };
  const move = (share) => { const by = (to - from) * share; show(from + by, to + by); };
  find("zoom-in").onclick = () => zoom(.5);
  find("zoom-out").onclick = () => zoom(2);
  find("zoom-all").onclick = () => show(begin, end);
  find("zoom-left").onclick = () => move(-.5);
  find("zoom-right").onclick = () => move(.5);
  canvas.addEventListener("keydown", (event) => {
    const keys = { "+": () => zoom(.5), "-": () => zoom(2), 0: () => show(begin, end), ArrowLeft: () => move(-.25),
      ArrowRight: () => move(.25) };
    if (!(event.key in keys) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  const hit = (event) => {
    const box = canvas.getBoundingClientRect(), place = event.clientX - box.left, down = event.clientY - box.top;
    return places.findLast((p) => place >= p.left - 1 && place <= p.right + 1 && down >= p.top - 1 && down <= p.bottom + 2)?.segment;
  };
  // The place of a pointer tells nothing to those who do not see it.
  canvas.setAttribute("aria-label", find("lanes-title").textContent + ": " + lanes.map((lane) =>
    lane.worker + ", " + say("laneBusy", { share: Math.round((100 * lane.busy) / (end - begin)) })).join("; "));
  canvas.addEventListener("pointerdown", (event) => { hideTip(); pressed = event.offsetX; released = null; });
  canvas.addEventListener("pointermove", (event) => {
    if (pressed !== null && event.buttons === 1 && event.pointerType === "mouse") {
      released = event.offsetX;
      hideTip();
      return redraw();
    }
    const segment = hit(event);
    if (!segment) return hideTip();
    const { mission, kind } = segment;
    const took = kind === "failure" ? clock(segment.from) : duration(segment.to - segment.from) + ", " + clock(segment.from);
    const meaning = segment.code ? data.codes[segment.code]?.meaning : null;
    showTip([daysText(mission), say("lane_" + kind) + ": " + took,
      ...(segment.attempt > 1 ? [say("attempt", { n: segment.attempt })] : []),
      ...(segment.code ? [segment.code + (meaning ? ", " + meaning : "")] : []),
      ...(kind === "failure" && mission.message ? [mission.message] : [])], event.clientX, event.clientY);
  });
  canvas.addEventListener("pointerup", (event) => {
    const [first, last] = [pressed, released];
    pressed = released = null;
    if (first !== null && last !== null && Math.abs(last - first) > 6) {
      return show(timeAt(Math.min(first, last)), timeAt(Math.max(first, last)));
    }
    redraw();
    const segment = hit(event);
    if (segment) { hideTip(); choose({ mission: segment.mission.id }); }
  });
  canvas.addEventListener("pointerleave", () => { pressed = released = null; hideTip(); redraw(); });
  new ResizeObserver(redraw).observe(canvas);
  themeWatchers.push(redraw);
  show(begin, end);
}
