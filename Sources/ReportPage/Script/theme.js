const themeWatchers = [];
function setTheme(name) {
  if (name === "light") document.documentElement.dataset.theme = "light";
  else delete document.documentElement.dataset.theme;
  find("theme").setAttribute("aria-pressed", String(name === "light"));
  find("theme-text").textContent = say(name === "light" ? "themeDark" : "themeLight");
  try { localStorage.setItem("mission-control-theme", name); } catch {}
  for (const watcher of themeWatchers) watcher();
}
const theme = () => document.documentElement.dataset.theme ?? "dark";
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
