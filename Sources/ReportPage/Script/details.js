function fieldsOf(mission) {
  const list = make("dl", { class: "fields" });
  const add = (key, value) => {
    if (value !== null && value !== "") list.append(make("dt", null, say(key)), make("dd", null, value));
  };
  const moment = (time) => (time === null ? null : clock(time, true) + " UTC");
  add("columnMedia", mission.media);
  add("columnLanguages", mission.languages);
  add("columnParameters", mission.values);
  if (mission.source !== "default") add("source", mission.source);
  add("columnAds", mission.ads === null ? null : number(mission.ads));
  add("size", mission.size === null ? null : bytes(mission.size));
  add("columnWorker", mission.worker);
  add("columnProxy", mission.proxy);
  add("columnAttempts", String(mission.retries + 1));
  add("started", moment(mission.started));
  add("finished", moment(mission.finished));
  return list;
}
const stepsOf = (mission) => make("ol", { class: "steps" }, checkpoints.map((name, ordinal) => {
  const state = mark(mission, ordinal), time = mission.took[ordinal];
  return make("li", { class: state }, make("strong", null, markSign[state] + " " + name),
    make("span", { class: "figure" }, state === "done" && time !== null ? duration(time) : say("mark_" + state)));
}));
function errorOf(mission) {
  if (!mission.code) return null;
  const { meaning, hint } = data.codes[mission.code] ?? {};
  const cause = mission.cause ? " (" + mission.cause + ")" : "";
  const suffix = data.run.suffix;
  return make("section", { class: "failure", "aria-label": say("columnError") },
    make("header", null, make("span", { class: "figure" }, mission.code + cause), make("span", null, meaning ?? "")),
    mission.message ? make("p", { class: "message" }, mission.message) : null,
    hint ? make("p", null, say("mend") + ": " + hint) : null,
    mission.status === "FAILED" ? command("mission-control run --only " + mission.id.slice(0, 13) + suffix) : null);
}
function eventsOf(mission) {
  if (mission.events === null) return make("p", { class: "soft" }, say("eventsElsewhere"));
  const list = make("ol", { class: "events" });
  let attempt = 1, run = null, before = null;
  for (const event of mission.events) {
    if (event.run !== run && (run !== null || event.run)) {
      list.append(make("li", { class: "attempt" }, event.run ? say("inRun", { run: event.run }) : say("inThisRun")));
    }
    if (event.attempt > attempt) list.append(make("li", { class: "attempt" }, say("attempt", { n: event.attempt })));
    [attempt, run] = [event.attempt, event.run];
    const kind = event.kind.endsWith("_ERROR") || event.kind === "FAILED" ? "is-failed" :
      event.kind === "RETRY_QUEUED" || event.kind === "RESUMED" ? "is-retry" : "";
    const passed = before === null || event.at === before ? "" : " +" + duration(event.at - before);
    before = event.at;
    const details = Object.entries(event.details).flatMap(([name, value], index) =>
      [index > 0 ? ", " : "", name.replaceAll("_", " ") + " ", make("code", null, String(value))]);
    list.append(make("li", { class: kind },
      make("time", { datetime: new Date(event.at).toISOString() }, clock(event.at) + "." + String(event.at % 1000).padStart(3, "0") + passed),
      make("span", { class: "kind" }, event.kind),
      details.length > 0 ? make("div", { class: "with" }, details) : null));
  }
  return list;
}
function prepareDetails() {
  const dialog = find("mission");
  const close = () => { if (dialog.open) dialog.close(); };
  const byID = new Map(missions.map((mission) => [mission.id, mission]));
  let returnTo = null;
  dialog.addEventListener("close", () => {
    if (chosen.mission !== "" && history.state?.isOpened) history.back();
    else choose({ mission: "" });
    (returnTo?.isConnected ? returnTo : find("filter-search")).focus({ preventScroll: true });
  });
  // A click beside the sheet closes it.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });
  watchers.push(() => {
    const mission = byID.get(chosen.mission);
    if (!mission) return close();
    if (dialog.dataset.mission === mission.id && dialog.open) return;
    dialog.dataset.mission = mission.id;
    dialog.replaceChildren(make("div", { class: "sheet" },
      make("header", null,
        make("div", null, make("h2", { id: "mission-title", tabindex: "-1" }, daysText(mission)),
          make("p", { class: "soft small" }, make("code", null, mission.id)),
          make("p", null, statusLabel(mission))),
        make("button", { class: "button", type: "button", onclick: close }, say("close"))),
      stepsOf(mission), errorOf(mission), fieldsOf(mission),
      make("section", { "aria-labelledby": "events-title" },
        make("h3", { id: "events-title" }, say("events")), make("p", { class: "soft small" }, say("timesUTC")),
        eventsOf(mission)),
      command("mission-control show " + mission.id.slice(0, 13) + data.run.suffix)));
    if (dialog.open) { dialog.scrollTop = 0; return; }
    returnTo = document.querySelector(`[data-mission="${mission.id}"]`) ?? document.activeElement;
    dialog.showModal();
    find("mission-title").focus();
  });
}
