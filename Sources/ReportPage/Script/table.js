const pageSize = 50;
const marks = (mission) => make("span", { class: "marks", role: "img", "aria-label": checkpoints.map((name, ordinal) =>
  name + " " + say("mark_" + mark(mission, ordinal))).join(", ") }, checkpoints.map((name, ordinal) => {
  const state = mark(mission, ordinal);
  return make("span", { class: state, "aria-hidden": "true" }, markSign[state]);
}));
const statusLabel = (mission) =>
  make("span", { class: "status is-" + group(mission.status) }, statusText(mission.status));
function missionRow(mission) {
  const time = timeTaken(mission);
  const open = make("button", { class: "open nowrap", type: "button", "aria-haspopup": "dialog",
    "data-mission": mission.id }, daysText(mission));
  const cell = (kind, ...content) => make("td", { class: kind, role: "cell" }, ...content);
  return make("tr", { class: "is-row", role: "row", onclick: (event) => {
    if (getSelection().isCollapsed || event.target === open) choose({ mission: mission.id });
  } },
    cell("", open),
    cell("medium-only", mission.media),
    cell("medium-only", mission.languages, mission.values ? make("span", { class: "soft small values" }, mission.values) : null),
    cell("nowrap", statusLabel(mission), mission.code ? make("span", { class: "phone-only bad figure" }, mission.code) : null),
    cell("", marks(mission)),
    cell("figure number", mission.ads === null ? "–" : number(mission.ads)),
    cell("figure number wide-only", String(mission.retries + 1)),
    cell("figure number medium-only nowrap", time === null ? "–" : duration(time)),
    cell("wide-only", mission.worker ?? "–"),
    cell("wide-only", mission.proxy ?? "–"),
    cell("figure medium-only", mission.code ? make("span", { class: "bad", title: mission.message }, mission.code) : ""));
}
function fillOptions(id, key, pairs) {
  const select = find(id);
  select.append(...pairs.map(([value, label]) => make("option", { value }, label)));
  select.addEventListener("change", () => choose({ [key]: select.value }));
  watchers.push(() => {
    select.value = chosen[key];
    select.classList.toggle("is-set", chosen[key] !== "");
  });
}
const distinct = (values) => [...new Set(values)].filter(Boolean).sort();
function prepareFilters() {
  const groups = new Set(missions.map(({ status }) => group(status)));
  fillOptions("filter-status", "status", ["done", "failed", "running", "left", "cancelled"]
    .filter((name) => groups.has(name)).map((name) => [name, say("group_" + name)]));
  fillOptions("filter-media", "media", distinct(missions.map(({ media }) => media)).map((name) => [name, name]));
  fillOptions("filter-language", "language",
    distinct(missions.flatMap(({ languages }) => languages.split(","))).map((name) => [name, name]));
  const months = new Set();
  for (const { start, end } of missions) {
    for (let day = start; ; day = Math.min(end, day + 27)) { months.add(monthOf(day)); if (day === end) break; }
  }
  fillOptions("filter-month", "month", [...months].sort().map((month) => [month, monthText(month)]));
  fillOptions("filter-code", "code", distinct(missions.map(({ code }) => code)).map((code) => [code, code]));
  const search = find("filter-search");
  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => choose({ q: search.value.trim() }), 120);
  });
  watchers.push(() => {
    if (document.activeElement !== search) search.value = chosen.q;
    search.classList.toggle("is-set", chosen.q !== "");
  });
  find("filters").addEventListener("submit", (event) => event.preventDefault());
  find("filter-clear").addEventListener("click", () => { search.value = ""; clearFilters(); search.focus(); });
}
function prepareTable() {
  const body = find("mission-rows");
  let shownKey = null, list = [];
  for (const header of document.querySelectorAll("[data-sort]")) {
    header.querySelector("button").addEventListener("click", () => {
      const key = header.dataset.sort;
      choose({ sort: key, down: chosen.sort === key && !chosen.down ? "1" : "" });
    });
  }
  watchers.push(() => {
    // A mission that is opened changes nothing here, and must not lose the focus.
    const { mission, ...rest } = chosen;
    const key = JSON.stringify(rest);
    if (key === shownKey) return;
    shownKey = key;
    list = chosenMissions();
    const pages = Math.max(1, Math.ceil(list.length / pageSize));
    const page = Math.min(pages, Math.max(1, parseInt(chosen.page, 10) || 1));
    const first = (page - 1) * pageSize;
    body.replaceChildren(...list.slice(first, first + pageSize).map(missionRow));
    if (list.length === 0) body.append(make("tr", { role: "row" }, make("td", { colspan: 11, class: "soft", role: "cell" }, say("noMatches"))));
    for (const header of document.querySelectorAll("[data-sort]")) {
      if (header.dataset.sort !== chosen.sort) header.removeAttribute("aria-sort");
      else header.setAttribute("aria-sort", chosen.down ? "descending" : "ascending");
    }
    const isFiltered = list.length < missions.length || chosen.day !== "";
    find("filter-count").textContent = isFiltered
      ? say("showingSome", { n: number(list.length), all: number(missions.length) }) + (chosen.day ? ", " + say("onDay", { day: dayText(Date.parse(chosen.day) / 864e5) }) : "")
      : sayCount("missions", missions.length);
    find("filter-clear").hidden = !isFiltered;
    find("page-text").textContent = say("pageOf", { page: number(page), pages: number(pages) });
    find("page-before").disabled = page === 1;
    find("page-after").disabled = page === pages;
    find("pages").hidden = pages === 1;
    find("page-before").onclick = () => choose({ page: String(page - 1) });
    find("page-after").onclick = () => choose({ page: String(page + 1) });
  });
}
function goToMissions() {
  find("missions").scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
}
const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
