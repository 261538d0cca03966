// Every day from the first to the last that one of `list` covers: { day, missions, failed, suspicious, ads, state }.
const rank = ["failed", "running", "left", "suspicious", "cancelled", "done"];
let isCut = false;
function coveredDays(list) {
  if (list.length === 0) return [];
  let first = Infinity, last = -Infinity;
  for (const { start, end } of list) { first = Math.min(first, start); last = Math.max(last, end); }
  // A typing error of a century must not make a million cells.
  isCut = last >= first + data.mostDays;
  last = Math.min(last, first + data.mostDays - 1);
  const all = Array.from({ length: last - first + 1 }, (_, index) => (
    { day: first + index, missions: 0, done: 0, failed: 0, suspicious: 0, ads: 0, state: "gap" }));
  for (const mission of list) {
    const state = mission.isSuspicious ? "suspicious" : group(mission.status), count = mission.count ?? 1;
    const end = Math.min(mission.end, last);
    for (let day = mission.start; day <= end; day++) {
      const cell = all[day - first];
      cell.missions += count;
      if (state === "failed") cell.failed += count;
      if (state === "suspicious") cell.suspicious += count;
      // What covers several days counts evenly on each.
      if (mission.status === "DONE") {
        cell.done += count;
        cell.ads += mission.ads / (mission.end - mission.start + 1);
      }
      if (cell.state === "gap" || rank.indexOf(state) < rank.indexOf(cell.state)) cell.state = state;
    }
  }
  for (const cell of all) cell.ads = Math.round(cell.ads);
  return all;
}
// Calendar and chart tell of the whole journal, with the run's own days marked; where the journal is not told, of the run.
const ownDays = new Set();
for (const { start, end } of missions) {
  for (let day = start; day <= Math.min(end, start + data.mostDays); day++) ownDays.add(day);
}
// Behind the statuses stands what is done and looks wrong.
const journal = (data.journal ?? []).map(([start, length, status, count, ads, slice]) => (
  { start, end: start + length, status: statuses[status] ?? "DONE", isSuspicious: status >= statuses.length, count, ads, slice }));
const everything = journal.length > 0 ? journal : data.run.whole ? missions : [];
let allDays = [], mostAds = 0;
function chooseSlice(slice) {
  allDays = coveredDays(slice === "" ? everything : everything.filter((one) => one.slice === Number(slice)));
  mostAds = allDays.reduce((most, cell) => Math.max(most, cell.ads), 0);
  for (const cell of allDays) cell.isOwn = cell.state !== "gap" && ownDays.has(cell.day);
}
chooseSlice("");
const marksOwn = journal.length > 0 && data.run.whole && allDays.some(({ state, isOwn }) => state !== "gap" && !isOwn);

// Of a day of many missions a few failures colour a corner, or they would hide what is there: how much of it, "" for none.
const many = 10;
function failedPart({ missions: all, done, failed }) {
  if (failed === 0 || all < many || done * 2 < all) return "";
  return failed * 10 < all ? "few" : failed * 2 < all ? "some" : "";
}
function cellClass(cell) {
  const { state, ads, isOwn } = cell, part = failedPart(cell);
  const more = (part && " part-" + part) + (marksOwn && isOwn ? " is-own" : "");
  if (state !== "done" && !part) return "is-" + state + more;
  return (ads === 0 ? "is-empty" : "ads-" + Math.min(4, 1 + Math.floor((ads / (mostAds + 1)) * 4))) + more;
}
function dayLines(cell) {
  const lines = [weekdays[parts(cell.day).w] + " " + dayText(cell.day)];
  if (cell.state === "gap") return [...lines, say("calendarGap")];
  lines.push(sayCount("missions", cell.missions) + ", " + sayCount("ads", cell.ads));
  if (cell.failed > 0) lines.push(say("failedCount", { n: number(cell.failed) }));
  if (cell.suspicious > 0) lines.push(say("suspiciousCount", { n: number(cell.suspicious) }));
  if (cell.failed === 0 && cell.suspicious === 0) lines.push(say("group_" + cell.state));
  if (marksOwn) lines.push(say(cell.isOwn ? "calendarOwn" : "calendarOther"));
  return lines;
}
// A year as a strip of weeks, Monday on top: days of one look are one path.
function drawStrip(year, cells) {
  const first = Date.UTC(Number(year), 0, 1) / 864e5, start = first - parts(first).w;
  const paths = new Map();
  let corners = "";
  for (const cell of cells) {
    const place = cell.day - start, look = cellClass(cell).split(" ")[0];
    const corner = `M${Math.floor(place / 7) * 4} ${(place % 7) * 4}`, part = failedPart(cell);
    paths.set(look, (paths.get(look) ?? "") + corner + "h3v3h-3z");
    if (part) corners += corner + (part === "few" ? "h1.6l-1.6 1.6z" : "h3l-3 3z");
  }
  if (corners) paths.set("is-failed", (paths.get("is-failed") ?? "") + corners);
  const names = monthNames.map((name, month) => {
    const week = Math.floor((Date.UTC(Number(year), month, 1) / 864e5 - start + 6) / 7);
    return draw("text", { x: week * 4, y: -2 }, name.slice(0, 3));
  });
  return make("div", { class: "scroll", "aria-hidden": "true" }, draw("svg", { class: "year-strip", viewBox: "0 -7 212 35" },
    names, [...paths].map(([look, d]) => draw("path", { class: "look " + look, d }))));
}
// `31 done`, or `28 of 31 done, 2 failed`; in the title of a month and of a year.
function totalsOf(cells) {
  const sum = (key) => cells.reduce((all, cell) => all + cell[key], 0);
  const [missionsHere, done, failed, suspicious] = ["missions", "done", "failed", "suspicious"].map(sum);
  if (missionsHere === 0) return say("monthNone");
  const told = [done === missionsHere ? say("monthDone", { n: number(done) })
    : say("monthDoneOf", { n: number(done), all: number(missionsHere) })];
  if (failed > 0) told.push(say("failedCount", { n: number(failed) }));
  if (suspicious > 0) told.push(say("suspiciousCount", { n: number(suspicious) }));
  return told.join(", ");
}
// The same where there is little room.
function shortTotalsOf(cells) {
  const [all, done] = ["missions", "done"].map((key) => cells.reduce((sum, cell) => sum + cell[key], 0));
  return all === 0 ? say("monthNone") : done === all ? number(all) : number(done) + "/" + number(all);
}
function drawMonth(month, cells) {
  const list = make("div", { class: "days", role: "group", "aria-label": monthText(month) + ": " + totalsOf(cells) });
  for (const cell of cells) {
    // Only the run's own days have missions below to choose.
    const isPlain = cell.state === "gap" || !cell.isOwn;
    const button = make(isPlain ? "span" : "button", {
      class: "day " + cellClass(cell), "data-day": isoDay(cell.day),
      role: isPlain ? "img" : null, type: isPlain ? null : "button", tabindex: "-1",
      "aria-label": dayLines(cell).join(", "), "aria-pressed": isPlain ? null : "false",
    });
    button.cell = cell;
    list.append(button);
  }
  list.firstElementChild.style.gridColumnStart = String(parts(cells[0].day).w + 1);
  return make("div", { class: "month" },
    make("h4", null, monthNames[month.slice(5) - 1], make("span", { class: "figure", "aria-hidden": "true" }, shortTotalsOf(cells))),
    make("div", { class: "days weekdays", "aria-hidden": "true" }, weekdays.map((name) => make("span", null, name.slice(0, 1)))),
    list);
}
function drawYears(body) {
  const years = new Map();
  for (const cell of allDays) {
    const month = monthOf(cell.day), year = month.slice(0, 4);
    if (!years.has(year)) years.set(year, new Map());
    if (!years.get(year).has(month)) years.get(year).set(month, []);
    years.get(year).get(month).push(cell);
  }
  body.replaceChildren(...[...years].map(([year, months]) => {
    const cells = [...months.values()].flat();
    return make("section", { class: "year" },
      make("h3", null, year, " ", make("span", { class: "soft small" }, totalsOf(cells))),
      drawStrip(year, cells),
      make("div", { class: "months" }, [...months].map(([month, some]) => drawMonth(month, some))));
  }));
  const gaps = allDays.filter(({ state }) => state === "gap").length;
  find("calendar-note").textContent = say("calendarNote", { days: sayCount("days", allDays.length),
    gaps: gaps === 0 ? say("gapsNone") : sayCount("gaps", gaps) }) +
    (isCut ? ". " + say("calendarCut", { day: dayText(allDays.at(-1).day) }) : "");
  const first = body.querySelector(".day");
  if (first) first.tabIndex = 0;
}
function drawCalendar() {
  const body = find("calendar-body");
  find("calendar").hidden = find("ads").hidden = allDays.length === 0;
  drawYears(body);
  find("legend-own").hidden = !marksOwn;
  find("legend-part").hidden = !allDays.some(failedPart);
  // One stop for the tabulator; arrows go on from there, also over gaps.
  const focus = (cells, index) => {
    const next = cells[index];
    if (!next) return;
    for (const cell of body.querySelectorAll('[tabindex="0"]')) cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 };
  body.addEventListener("keydown", (event) => {
    const cells = [...body.querySelectorAll(".day")];
    const index = cells.indexOf(event.target);
    if (index < 0) return;
    if (event.key in steps) focus(cells, index + steps[event.key]);
    else if (event.key === "Home") focus(cells, 0);
    else if (event.key === "End") focus(cells, cells.length - 1);
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
    hideTip();
    if (!target.cell || target.cell.state === "gap" || !target.cell.isOwn) return;
    const day = isoDay(target.cell.day);
    choose({ day: chosen.day === day ? "" : day });
    if (chosen.day) goToMissions();
  });
  watchers.push(() => {
    for (const cell of body.querySelectorAll('[aria-pressed="true"]')) cell.setAttribute("aria-pressed", "false");
    if (chosen.day) body.querySelector(`button[data-day="${CSS.escape(chosen.day)}"]`)?.setAttribute("aria-pressed", "true");
  });
  prepareSlices(body);
}
// Which of the journal's slices calendar and chart tell of.
function prepareSlices(body) {
  const names = data.slices ?? [];
  const label = find("slice-choice"), select = find("slice");
  label.hidden = names.length < 2;
  select.append(...names.map((name, index) => make("option", { value: String(index) }, name)));
  select.addEventListener("change", () => {
    chooseSlice(select.value);
    drawYears(body);
    drawChart();
    for (const watcher of watchers) watcher();
  });
}
