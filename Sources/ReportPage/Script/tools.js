const find = (id) => document.getElementById(id);
const data = JSON.parse(find("data").textContent);

// make("p", { class: "soft", onclick: f }, "text", element, null, ["more", "text"])
const make = (tag, attributes, ...children) => fillElement(document.createElement(tag), attributes, children);
const draw = (tag, attributes, ...children) =>
  fillElement(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
function fillElement(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// A command with a button that copies it, as the page's own ones.
const command = (line) =>
  make("div", { class: "command" }, make("pre", { tabindex: "0" }, make("code", null, wordsOf(line))), copyButton(line));
// Wraps between words only, not at their dashes.
const wordsOf = (line) => line.split(" ").flatMap((word, index) =>
  [index > 0 ? " " : "", make("span", { class: "word" }, word)]);
const copyButton = (line) =>
  make("button", { class: "button", type: "button", "aria-label": say("copyCommand", { command: line }),
    onclick: (event) => copy(line, event.currentTarget) }, say("copy"));
async function copy(line, button) {
  let copied = true;
  try { await navigator.clipboard.writeText(line); } catch { copied = false; }
  if (!copied) {
    // Without the right to the clipboard the command is at least selected.
    const range = document.createRange();
    range.selectNodeContents(button.parentElement.querySelector("code"));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    try { copied = document.execCommand("copy"); } catch {}
  }
  button.textContent = copied ? say("copied") : say("selected");
  announce(button.textContent);
  setTimeout(() => { button.textContent = say("copy"); }, 1600);
}
const announce = (text) => { find("announcer").textContent = text; };

const tip = find("tip");
// Beside the place, inside the window.
function showTip(lines, x, y) {
  tip.replaceChildren(make("strong", null, lines[0]), ...lines.slice(1).map((line) => make("div", null, line)));
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(x + 14, innerWidth - box.width - 8)) + "px";
  tip.style.top = (y + 18 + box.height > innerHeight ? Math.max(8, y - box.height - 12) : y + 18) + "px";
}
const hideTip = () => { tip.hidden = true; };
// Whatever is clicked or typed, what was only shown beside the pointer is in the way.
addEventListener("pointerdown", hideTip, true);
