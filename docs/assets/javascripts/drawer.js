// The drawer by keyboard. Its label becomes a button, the focus goes in with the drawer and comes back with it.
const toggle = document.querySelector("[data-md-toggle=drawer]");
const label = document.querySelector(".md-header label[for=__drawer]");
const drawer = document.querySelector(".md-sidebar--primary");

if (toggle && label && drawer) {
  drawer.id ||= "drawer";
  label.tabIndex = 0;
  label.role = "button";
  label.setAttribute("aria-controls", drawer.id);

  const show = () => label.setAttribute("aria-expanded", String(toggle.checked));
  const set = (open) => {
    if (toggle.checked !== open) toggle.click();
  };
  const first = () => [...drawer.querySelectorAll("a, label[tabindex='0']")].find((one) => one.checkVisibility({ visibilityProperty: true }));

  toggle.addEventListener("change", () => {
    show();
    if (toggle.checked) first()?.focus();
    else if (drawer.contains(document.activeElement)) label.focus();
  });
  label.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation(); // Material clicks a label on Enter
    set(!toggle.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && toggle.checked) set(false);
  });
  // Tab beyond the drawer goes on in the page, which the drawer would hide.
  document.addEventListener("focusin", ({ target }) => {
    if (toggle.checked && !drawer.contains(target) && target !== label) set(false);
  });
  show();
}
