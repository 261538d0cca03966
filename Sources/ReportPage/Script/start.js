function prepareCommands() {
  for (const block of document.querySelectorAll(".command")) {
    block.append(copyButton(block.querySelector("code").textContent));
  }
  for (const button of document.querySelectorAll("[data-choose]")) {
    button.addEventListener("click", () => {
      clearFilters();
      choose(Object.fromEntries(new URLSearchParams(button.dataset.choose)));
      goToMissions();
    });
  }
}

// While the run works the file is written anew every few seconds, and the page reads it again. What is
// chosen is in the address; where the page was scrolled to is kept for the moment between.
function follow() {
  const pause = find("follow"), note = find("follow-text");
  if (!data.run.live) return;
  const key = "mission-control-place";
  history.scrollRestoration = "manual";
  try {
    const place = JSON.parse(sessionStorage.getItem(key));
    if (place?.run === data.run.id) {
      scrollTo(0, place.top);
      find("mission").scrollTop = place.sheet;
      if (place.focus) find(place.focus)?.focus({ preventScroll: true });
      if (place.paused) pause.setAttribute("aria-pressed", "true");
    }
  } catch {}
  const isPaused = () => pause.getAttribute("aria-pressed") === "true";
  let touched = 0;
  for (const kind of ["keydown", "pointerdown", "wheel"]) {
    addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
  }
  function keep() {
    try {
      sessionStorage.setItem(key, JSON.stringify({ run: data.run.id, top: scrollY, sheet: find("mission").scrollTop,
        focus: document.activeElement?.id, paused: isPaused() }));
    } catch {}
  }
  function label() {
    pause.textContent = say(isPaused() ? "followResume" : "followPause");
    const age = Date.now() - data.run.written;
    // Written long ago: the run was killed, or this is another clock. Large pages are written less often.
    note.textContent = age > 90000 + missions.length * 5 ? say("followStale", { time: duration(age) }) : say(isPaused() ? "followPaused" : "followLive");
  }
  pause.hidden = false;
  pause.addEventListener("click", () => {
    pause.setAttribute("aria-pressed", String(!isPaused()));
    label();
    keep();
  });
  label();
  setInterval(() => {
    const isBusy = Date.now() - touched < 1500 || !getSelection().isCollapsed;
    if (isPaused() || isBusy || document.hidden) return;
    keep();
    location.reload();
  }, data.run.refresh);
}

readAddress();
setTheme(theme());
find("theme").addEventListener("click", () => setTheme(theme() === "light" ? "dark" : "light"));
find("print").addEventListener("click", () => print());
drawCalendar();
drawChart();
drawLanes();
prepareFilters();
prepareTable();
prepareDetails();
prepareCommands();
for (const watcher of watchers) watcher();
addEventListener("hashchange", () => { readAddress(); for (const watcher of watchers) watcher(); });
follow();
document.documentElement.dataset.ready = "1";
