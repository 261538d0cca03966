function niceStep(most) {
  const rough = Math.max(1, most / 4), power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}
function bucketsFor(width) {
  const size = Math.max(1, Math.ceil((days.length * 3) / width));
  const buckets = [];
  for (let index = 0; index < days.length; index += size) {
    const slice = days.slice(index, index + size);
    buckets.push({ first: slice[0], last: slice.at(-1), failed: slice.some(({ state }) => state === "failed"),
      ads: slice.reduce((sum, { ads }) => sum + ads, 0) });
  }
  return buckets;
}
function drawChart() {
  const svg = find("chart");
  let buckets = [], step = 1, left = 0, focused = -1;
  const cursor = draw("rect", { class: "cursor", y: 0, visibility: "hidden" });
  const lines = ({ first, last, ads, failed }) => first === last ? dayLines(first) :
    [dayText(first.day) + " – " + dayText(last.day), sayCount("ads", ads), ...(failed ? [say("chartHasFailed")] : [])];
  function redraw() {
    const width = svg.clientWidth, height = svg.clientHeight, bottom = height - 34;
    if (width === 0) return;
    left = 44;
    buckets = bucketsFor(width - left);
    step = (width - left) / buckets.length;
    const most = buckets.reduce((sum, { ads }) => Math.max(sum, ads), 0);
    const unit = niceStep(most), top = Math.max(unit, Math.ceil(most / unit) * unit);
    const y = (ads) => bottom - (ads / top) * (bottom - 8);
    const parts = [];
    for (let value = 0; value <= top; value += unit) {
      parts.push(draw("line", { class: "grid", x1: left, x2: width, y1: y(value), y2: y(value) }),
        draw("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, number(value)));
    }
    const gap = step > 5 ? 1 : 0;
    const bar = ({ ads }, index) =>
      `M${(left + index * step).toFixed(2)} ${bottom}v${(y(ads) - bottom).toFixed(2)}h${(step - gap).toFixed(2)}V${bottom}z`;
    const miss = ({ failed }, index) => !failed ? "" :
      `M${(left + index * step).toFixed(2)} ${bottom + 3}h${Math.max(2, step - gap).toFixed(2)}v5h${-Math.max(2, step - gap).toFixed(2)}z`;
    parts.push(draw("path", { class: "bars", d: buckets.map(bar).join("") }),
      draw("path", { class: "misses", d: buckets.map(miss).join("") }));
    let room = -Infinity;
    buckets.forEach(({ first }, index) => {
      const before = index > 0 ? monthOf(buckets[index - 1].first.day) : "";
      const x = left + index * step, month = monthOf(first.day);
      if (month === before || x < room || x > width - 48) return;
      parts.push(draw("text", { x, y: height - 8 },
        monthNames[month.slice(5) - 1].slice(0, 3) + (room < 0 || month.endsWith("-01") ? " " + month.slice(0, 4) : "")));
      room = x + 74;
    });
    cursor.setAttribute("height", bottom);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(...parts, cursor);
  }
  function point(index, x, y) {
    const bucket = buckets[index];
    cursor.setAttribute("visibility", bucket ? "visible" : "hidden");
    if (!bucket) return hideTip();
    cursor.setAttribute("x", left + index * step);
    cursor.setAttribute("width", Math.max(1, step));
    showTip(lines(bucket), x, y);
    return bucket;
  }
  svg.addEventListener("pointermove", (event) => {
    const index = Math.floor((event.clientX - svg.getBoundingClientRect().left - left) / step);
    point(index, event.clientX, event.clientY);
  });
  svg.addEventListener("pointerleave", () => point(-1));
  svg.addEventListener("blur", () => point(-1));
  svg.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: focused + 1, ArrowLeft: focused - 1, Home: 0, End: buckets.length - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    focused = Math.max(0, Math.min(buckets.length - 1, moves[event.key]));
    const box = svg.getBoundingClientRect();
    announce(lines(point(focused, box.left + left + focused * step, box.top)).join(", "));
  });
  const covered = days.filter(({ state }) => state !== "gap");
  const sum = days.reduce((all, { ads }) => all + ads, 0);
  const best = days.reduce((most, cell) => (cell.ads > (most?.ads ?? -1) ? cell : most), undefined);
  const note = covered.length === 0 ? "" : say("chartNote", { mean: number(Math.round(sum / covered.length)),
    most: number(best.ads), day: dayText(best.day) });
  find("chart-note").textContent = note;
  svg.setAttribute("aria-label", say("chartTitle") + ": " + note + ". " + say("chartKeys"));
  new ResizeObserver(redraw).observe(svg);
  redraw();
}
