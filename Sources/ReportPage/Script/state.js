const defaults = { q: "", status: "", media: "", language: "", month: "", code: "", day: "", sort: "day",
  down: "", page: "1", mission: "" };
const chosen = { ...defaults };
const watchers = [];
function readAddress() {
  const named = new URLSearchParams(location.hash.slice(1));
  for (const key of Object.keys(defaults)) chosen[key] = named.get(key) ?? defaults[key];
}
// What is opened on top of the page is a place of its own in the browser's history, so that Back closes it.
function writeAddress(opens) {
  const named = new URLSearchParams();
  for (const [key, value] of Object.entries(chosen)) if (value !== defaults[key]) named.set(key, value);
  const hash = named.toString();
  if (hash === location.hash.slice(1)) return;
  if (opens) history.pushState({ isOpened: true }, "", "#" + hash);
  else history.replaceState(history.state, "", "#" + hash);
}
// A new filter begins at the first page.
function choose(changes) {
  const isFilter = Object.keys(changes).some((key) => !["page", "mission"].includes(key));
  const opens = Boolean(changes.mission) && chosen.mission === "";
  Object.assign(chosen, isFilter ? { page: "1" } : {}, changes);
  writeAddress(opens);
  for (const watcher of watchers) watcher();
}
const clearFilters = () =>
  choose({ q: "", status: "", media: "", language: "", month: "", code: "", day: "" });

const searchText = (mission) =>
  [mission.id, isoDay(mission.start), isoDay(mission.end), daysText(mission), mission.media, mission.languages,
    mission.status, statusText(mission.status), mission.code, mission.cause, mission.message, mission.worker, mission.proxy, mission.source, mission.values]
    .join(" ").toLowerCase();
function matches(mission, search) {
  const { status, media, language, month, code, day } = chosen;
  return (!status || group(mission.status) === status) && (!media || mission.media === media) &&
    (!language || mission.languages.split(",").includes(language)) &&
    (!month || (monthOf(mission.start) <= month && monthOf(mission.end) >= month)) &&
    (!code || mission.code === code) &&
    (!day || (isoDay(mission.start) <= day && isoDay(mission.end) >= day)) &&
    search.every((word) => (mission.search ??= searchText(mission)).includes(word));
}
const sorters = {
  day: (m) => m.start, media: (m) => m.media, languages: (m) => m.languages + " " + (m.values ?? ""),
  status: (m) => statuses.indexOf(m.status) * 4 + m.checkpoint, ads: (m) => m.ads ?? -1,
  attempts: (m) => m.retries, worker: (m) => m.worker ?? "", proxy: (m) => m.proxy ?? "",
  code: (m) => m.code ?? "", time: (m) => timeTaken(m) ?? -1,
};
function chosenMissions() {
  const search = chosen.q.toLowerCase().split(/\s+/).filter(Boolean);
  const key = sorters[chosen.sort] ?? sorters.day;
  const sign = chosen.down ? -1 : 1;
  return missions.filter((mission) => matches(mission, search)).sort((left, right) => {
    const [a, b] = [key(left), key(right)];
    return (a < b ? -sign : a > b ? sign : 0) || left.index - right.index;
  });
}
