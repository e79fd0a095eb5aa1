// The drawer by keyboard: a button in the place of its label; the focus goes in with the drawer and comes back with it.
const toggle = document.querySelector("[data-md-toggle=drawer]");
const label = document.querySelector(".md-header label[for=__drawer]");
const drawer = document.querySelector(".md-sidebar--primary");

const button = () => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "md-header__button md-icon drawer-button";
  made.setAttribute("aria-label", label.getAttribute("aria-label"));
  made.setAttribute("aria-controls", drawer.id);
  made.append(...label.childNodes);
  label.replaceWith(made);
  return made;
};

if (toggle && label && drawer) {
  drawer.id ||= "drawer";
  const opener = button();
  const show = () => opener.setAttribute("aria-expanded", String(toggle.checked));
  const set = (open) => {
    if (toggle.checked !== open) toggle.click();
  };
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const first = () => [...drawer.querySelectorAll("a, label[tabindex='0']")].find(seen);

  toggle.addEventListener("change", () => {
    show();
    if (toggle.checked) first()?.focus();
    else if (drawer.contains(document.activeElement)) opener.focus();
  });
  opener.addEventListener("click", () => set(!toggle.checked));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && toggle.checked) set(false);
  });
  // Tab beyond the drawer goes on in the page, which the drawer would hide.
  document.addEventListener("focusin", ({ target }) => {
    if (toggle.checked && !drawer.contains(target) && target !== opener) set(false);
  });
  show();
}

// A section whose title is a link has a label without text, which gives its list no name.
for (const list of document.querySelectorAll(".md-nav--primary nav[aria-labelledby]")) {
  const title = list.parentElement.querySelector(":scope > .md-nav__container > a");
  if (!title) continue;
  const menu = list.closest(".md-nav--primary").getAttribute("aria-label");
  list.removeAttribute("aria-labelledby");
  list.setAttribute("aria-label", `${menu}: ${title.textContent.trim()}`);
}
