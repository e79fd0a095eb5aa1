// Definitions of terms, shown at their first use in a page: when the mouse points at one, when the keyboard reaches it, or at the
// first tap, the second of which follows the link to the glossary.
const terms = document.querySelectorAll("a.term");
const tip = document.createElement("div");
tip.id = "term-tip";
tip.className = "term-tip md-typeset";
tip.setAttribute("role", "tooltip");
tip.hidden = true;

let shown = null;
let timer = 0;
let pointer = "";

const hide = () => {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  tip.hidden = true;
};

const place = (link) => {
  const [line] = link.getClientRects();
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  const above = line.bottom + tip.offsetHeight + 8 > innerHeight && line.top > tip.offsetHeight + 64;
  tip.style.left = `${scrollX + Math.max(8, Math.min(line.left, room))}px`;
  tip.style.top = `${scrollY + (above ? line.top - tip.offsetHeight - 4 : line.bottom + 4)}px`;
};

const show = (link) => {
  hide();
  tip.textContent = link.dataset.definition;
  tip.hidden = false;
  place(link);
  link.setAttribute("aria-describedby", tip.id);
  shown = link;
};

const soon = (action, delay) => {
  clearTimeout(timer);
  timer = setTimeout(action, delay);
};

const watch = (link) => {
  link.addEventListener("pointerenter", ({ pointerType }) => { if (pointerType === "mouse") soon(() => show(link), 150); });
  link.addEventListener("pointerleave", ({ pointerType }) => { if (pointerType === "mouse") soon(hide, 200); });
  link.addEventListener("pointerdown", ({ pointerType }) => { pointer = pointerType; });
  link.addEventListener("focus", () => { if (link.matches(":focus-visible") && shown !== link) show(link); });
  link.addEventListener("blur", hide);
  link.addEventListener("click", (event) => {
    if (pointer !== "touch" || shown === link) return;
    event.preventDefault();
    show(link);
  });
};

document.body.append(tip);
terms.forEach(watch);
tip.addEventListener("pointerenter", () => clearTimeout(timer));
tip.addEventListener("pointerleave", () => soon(hide, 200));
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
document.addEventListener("pointerdown", ({ target }) => { if (!tip.contains(target) && !target.closest("a.term")) hide(); });
