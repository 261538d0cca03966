// Run inside the page by the tests; answers a list of what is wrong.

// Text whose contrast with what is behind it is below WCAG AA: 4.5, or 3 for large text.
function weakContrasts() {
  const read = (color) => (color.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const over = ([r, g, b, a = 1], below) => [r, g, b].map((value, index) => value * a + below[index] * (1 - a));
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(read(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (color) => {
    const [r, g, b] = color.map((value) => value / 255).map((v) => (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
    if (element.closest("script, style, :disabled, .hidden-text, svg, .day")) continue;
    const style = getComputedStyle(element), ground = behind(element);
    const [a, b] = [light(over(read(style.color), ground)), light(ground)];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)} "${walker.currentNode.data.trim().slice(0, 30)}"`);
  }
  return [...found];
}

// Names, landmarks and ids.
function namelessParts() {
  const found = [];
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of ids) if (ids.filter((other) => other === id).length > 1) found.push("id twice: " + id);
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  for (const tag of ["main", "header", "footer", "nav"]) if (!document.querySelector(tag)) found.push("no " + tag);
  if (!document.documentElement.lang || !document.title) found.push("no language or title");
  for (const part of document.querySelectorAll("button, input, select, [role=img], canvas, section")) {
    const label = (part.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("");
    const name = part.getAttribute("aria-label") || label || (part.labels?.[0] ?? part).textContent;
    if (!name.trim() && part.checkVisibility()) found.push("no name: " + part.outerHTML.slice(0, 90));
  }
  for (const part of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
    for (const name of ["aria-labelledby", "aria-describedby"]) for (const id of (part.getAttribute(name) ?? "").split(" ").filter(Boolean)) {
      if (!document.getElementById(id) && id !== "mission-title") found.push(`${name} names no element: ${id}`);
    }
  }
  return found;
}
