// The selectors keep the place in the page: ids are the same in every language. Links to another page have no place to keep.

/** The hash of the address while its target is in sight, or else of the section that is being read. */
const reading = () => {
  const seen = ({ top, bottom }) => bottom > 0 && top < innerHeight;
  const headings = [...document.querySelectorAll("article :is(h2, h3, h4, h5, h6)[id]")];
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && seen(target.getBoundingClientRect())) return location.hash;
  const line = innerHeight / 4;
  const section = headings.filter((one) => one.getClientRects().length && one.getBoundingClientRect().top < line).at(-1);
  return section && scrollY > 0 ? `#${encodeURIComponent(section.id)}` : "";
};

for (const type of ["click", "auxclick", "contextmenu"]) {
  document.addEventListener(type, ({ target }) => {
    const link = target instanceof Element && target.closest(".md-select__link");
    if (!link) return;
    if (!("elsewhere" in link.dataset)) link.hash = reading();
    if (link.hreflang) localStorage.setItem("docsite.language", link.hreflang); // for the entrance of the site
  }, true);
}
