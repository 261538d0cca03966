(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    if (localStorage.getItem("mission-control-theme") === "light") root.dataset.theme = "light";
  } catch {}
})();
