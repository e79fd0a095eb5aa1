// The language selector keeps the place in the page: ids are the same in every language.
for (const type of ["click", "auxclick", "contextmenu"]) {
  document.addEventListener(type, ({ target }) => {
    const link = target instanceof Element && target.closest(".md-select__link[hreflang]");
    if (link) link.hash = location.hash;
  }, true);
}
