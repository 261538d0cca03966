function niceStep(most) {
  const rough = Math.max(1, most / 4), power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}
const isScraped = ({ done }) => done > 0;
// The mean of the seven days that end with each; days that nobody has scraped yet are left out of it.
function meansOf(cells) {
  let sum = 0, count = 0;
  return cells.map((cell, index) => {
    if (isScraped(cell)) { sum += cell.ads; count += 1; }
    const gone = cells[index - 7];
    if (gone && isScraped(gone)) { sum -= gone.ads; count -= 1; }
    return isScraped(cell) && count > 0 ? sum / count : null;
  });
}
function bucketsFor(width) {
  const size = Math.max(1, Math.ceil((allDays.length * 3) / width));
  const means = meansOf(allDays), buckets = [];
  for (let index = 0; index < allDays.length; index += size) {
    const slice = allDays.slice(index, index + size), mean = means.slice(index, index + size).filter((one) => one !== null);
    const scraped = slice.filter(isScraped).length;
    buckets.push({ first: slice[0], last: slice.at(-1), failed: slice.some(({ state }) => state === "failed"),
      // Per day, so that a bar says the same however many days are put together.
      ads: scraped === 0 ? 0 : slice.reduce((sum, { ads }) => sum + ads, 0) / scraped, isScraped: scraped > 0,
      mean: mean.length === 0 ? null : mean.reduce((sum, one) => sum + one, 0) / mean.length });
  }
  return buckets;
}
let chartParts = null;
function drawChart() {
  chartParts ??= prepareChart();
  const scraped = allDays.filter(isScraped);
  const sum = scraped.reduce((all, { ads }) => all + ads, 0);
  const best = scraped.reduce((most, cell) => (cell.ads > (most?.ads ?? -1) ? cell : most), undefined);
  const note = scraped.length === 0 ? "" : say("chartNote", { mean: number(Math.round(sum / scraped.length)),
    most: number(best.ads), day: dayText(best.day) });
  find("chart-note").textContent = note;
  find("chart").setAttribute("aria-label", say("chartTitle") + ": " + note + ". " + say("chartKeys"));
  chartParts();
}
function prepareChart() {
  const svg = find("chart");
  let buckets = [], step = 1, left = 0, focused = -1;
  const cursor = draw("rect", { class: "cursor", y: 0, visibility: "hidden" });
  const lines = ({ first, last, ads, failed, mean }) => [
    ...(first === last ? dayLines(first) : [dayText(first.day) + " – " + dayText(last.day),
      say("chartPerDay", { n: number(Math.round(ads)) }), ...(failed ? [say("chartHasFailed")] : [])]),
    ...(mean === null ? [] : [say("chartMean", { n: number(Math.round(mean)) })])];
  function redraw() {
    const width = svg.clientWidth, height = svg.clientHeight, bottom = height - 34;
    if (width === 0) return;
    left = 44;
    buckets = bucketsFor(width - left);
    step = (width - left) / Math.max(1, buckets.length);
    const most = buckets.reduce((sum, { ads }) => Math.max(sum, ads), 0);
    const unit = niceStep(most), top = Math.max(unit, Math.ceil(most / unit) * unit);
    const y = (ads) => bottom - (ads / top) * (bottom - 8);
    const parts = [];
    for (let value = 0; value <= top; value += unit) {
      parts.push(draw("line", { class: "grid", x1: left, x2: width, y1: y(value), y2: y(value) }),
        draw("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, number(value)));
    }
    const gap = step > 5 ? 1 : 0;
    const bar = ({ ads }, index) => ads === 0 ? "" :
      `M${(left + index * step).toFixed(2)} ${bottom}v${(y(ads) - bottom).toFixed(2)}h${(step - gap).toFixed(2)}V${bottom}z`;
    const miss = ({ failed }, index) => !failed ? "" :
      `M${(left + index * step).toFixed(2)} ${bottom + 3}h${Math.max(2, step - gap).toFixed(2)}v5h${-Math.max(2, step - gap).toFixed(2)}z`;
    let isOpen = false;
    const line = buckets.map(({ mean }, index) => {
      if (mean === null) { isOpen = false; return ""; }
      const place = `${isOpen ? "L" : "M"}${(left + (index + .5) * step).toFixed(2)} ${y(Math.min(top, mean)).toFixed(2)}`;
      isOpen = true;
      return place;
    }).join("");
    parts.push(draw("path", { class: "bars", d: buckets.map(bar).join("") }),
      draw("path", { class: "misses", d: buckets.map(miss).join("") }), draw("path", { class: "mean", d: line }));
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
    cursor.setAttribute("visibility", "hidden");
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
    if (!(event.key in moves) || buckets.length === 0) return;
    event.preventDefault();
    focused = Math.max(0, Math.min(buckets.length - 1, moves[event.key]));
    const box = svg.getBoundingClientRect();
    announce(lines(point(focused, box.left + left + focused * step, box.top)).join(", "));
  });
  new ResizeObserver(redraw).observe(svg);
  return redraw;
}
