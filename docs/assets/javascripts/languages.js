// The selectors keep the place in the page: ids are the same in every language. Links to another page have no place to keep.
for (const type of ["click", "auxclick", "contextmenu"]) {
  document.addEventListener(type, ({ target }) => {
    const link = target instanceof Element && target.closest(".md-select__link:not([data-elsewhere])");
    if (link) link.hash = location.hash;
    if (link && link.hreflang) localStorage.setItem("docsite.language", link.hreflang); // for the entrance of the site
  }, true);
}
