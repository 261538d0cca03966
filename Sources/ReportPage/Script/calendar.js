// Every day from the first to the last that one of `list` covers: { day, missions, failed, ads, state }.
const rank = ["failed", "running", "left", "cancelled", "done"];
let isCut = false;
function coveredDays(list) {
  if (list.length === 0) return [];
  let first = Infinity, last = -Infinity;
  for (const { start, end } of list) { first = Math.min(first, start); last = Math.max(last, end); }
  // A typing error of a century must not make a million cells.
  isCut = last >= first + data.mostDays;
  last = Math.min(last, first + data.mostDays - 1);
  const all = Array.from({ length: last - first + 1 }, (_, index) => (
    { day: first + index, missions: 0, failed: 0, ads: 0, state: "gap" }));
  for (const mission of list) {
    const state = group(mission.status), count = mission.count ?? 1;
    const end = Math.min(mission.end, last);
    for (let day = mission.start; day <= end; day++) {
      const cell = all[day - first];
      cell.missions += count;
      if (state === "failed") cell.failed += count;
      // What covers several days counts evenly on each.
      if (mission.status === "DONE") cell.ads += mission.ads / (mission.end - mission.start + 1);
      if (cell.state === "gap" || rank.indexOf(state) < rank.indexOf(cell.state)) cell.state = state;
    }
  }
  for (const cell of all) cell.ads = Math.round(cell.ads);
  return all;
}
// The chart tells of this run; the calendar of the whole journal, with the run's own days marked.
const days = coveredDays(missions);
const ownDays = new Set(days.filter(({ state }) => state !== "gap").map(({ day }) => day));
const journal = (data.journal ?? []).map(([start, length, status, count, ads]) => (
  { start, end: start + length, status: statuses[status], count, ads }));
const allDays = journal.length > 0 ? coveredDays(journal) : days;
for (const cell of allDays) {
  cell.isOther = data.run.whole && cell.state !== "gap" && !ownDays.has(cell.day);
}
const mostAds = allDays.reduce((most, cell) => Math.max(most, cell.ads), 0);

function cellClass({ state, ads, isOther }) {
  const other = isOther ? " is-other" : "";
  if (state !== "done") return "is-" + state + other;
  return (ads === 0 ? "is-empty" : "ads-" + Math.min(4, 1 + Math.floor((ads / (mostAds + 1)) * 4))) + other;
}
function dayLines(cell) {
  const lines = [weekdays[parts(cell.day).w] + " " + dayText(cell.day)];
  if (cell.state === "gap") return [...lines, say("calendarGap")];
  lines.push(sayCount("missions", cell.missions) + ", " + sayCount("ads", cell.ads));
  lines.push(cell.failed > 0 ? say("failedCount", { n: number(cell.failed) }) : say("group_" + cell.state));
  if (cell.isOther) lines.push(say("calendarOther"));
  return lines;
}
function drawMonth(month, cells) {
  const list = make("div", { class: "days", role: "group", "aria-label": monthText(month) });
  for (const cell of cells) {
    // Only the run's own days have missions below to choose.
    const isPlain = cell.state === "gap" || cell.isOther;
    const button = make(isPlain ? "span" : "button", {
      class: "day " + cellClass(cell), "data-day": isoDay(cell.day),
      role: isPlain ? "img" : null, type: isPlain ? null : "button", tabindex: "-1",
      "aria-label": dayLines(cell).join(", "), "aria-pressed": isPlain ? null : "false",
    });
    button.cell = cell;
    list.append(button);
  }
  list.firstElementChild.style.gridColumnStart = String(parts(cells[0].day).w + 1);
  return make("div", { class: "month" }, make("h4", null, monthNames[month.slice(5) - 1]), list);
}
function drawCalendar() {
  const body = find("calendar-body");
  const years = new Map();
  for (const cell of allDays) {
    const month = monthOf(cell.day), year = month.slice(0, 4);
    if (!years.has(year)) years.set(year, new Map());
    if (!years.get(year).has(month)) years.get(year).set(month, []);
    years.get(year).get(month).push(cell);
  }
  for (const [year, months] of years) {
    body.append(make("section", { class: "year" }, make("h3", null, year),
      make("div", { class: "months" }, [...months].map(([month, cells]) => drawMonth(month, cells)))));
  }
  const gaps = allDays.filter(({ state }) => state === "gap").length;
  find("calendar-note").textContent = say("calendarNote", { days: sayCount("days", allDays.length),
    gaps: gaps === 0 ? say("gapsNone") : sayCount("gaps", gaps) }) +
    (isCut ? ". " + say("calendarCut", { day: dayText(allDays.at(-1).day) }) : "");
  const cells = [...body.querySelectorAll(".day")];
  if (cells.length > 0) cells[0].tabIndex = 0;
  // One stop for the tabulator; arrows go on from there, also over gaps.
  const focus = (index) => {
    const next = cells[index];
    if (!next) return;
    for (const cell of body.querySelectorAll('[tabindex="0"]')) cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 };
  body.addEventListener("keydown", (event) => {
    const index = cells.indexOf(event.target);
    if (index < 0) return;
    if (event.key in steps) focus(index + steps[event.key]);
    else if (event.key === "Home") focus(0);
    else if (event.key === "End") focus(cells.length - 1);
    else if (event.key === "Escape") return hideTip();
    else return;
    event.preventDefault();
  });
  const show = (event) => {
    const cell = event.target.cell;
    if (!cell) return hideTip();
    const box = event.target.getBoundingClientRect();
    showTip(dayLines(cell), box.left, box.top);
  };
  body.addEventListener("pointerover", show);
  body.addEventListener("pointerleave", hideTip);
  body.addEventListener("focusin", show);
  body.addEventListener("focusout", hideTip);
  body.addEventListener("click", ({ target }) => {
    if (!target.cell || target.cell.state === "gap" || target.cell.isOther) return;
    const day = isoDay(target.cell.day);
    choose({ day: chosen.day === day ? "" : day });
    if (chosen.day) goToMissions();
  });
  watchers.push(() => {
    for (const cell of body.querySelectorAll('[aria-pressed="true"]')) cell.setAttribute("aria-pressed", "false");
    if (chosen.day) body.querySelector(`button[data-day="${CSS.escape(chosen.day)}"]`)?.setAttribute("aria-pressed", "true");
  });
}
