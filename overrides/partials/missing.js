{#- Runs before the page is drawn. The page of another language, or of a site that lies elsewhere, takes this one's place. -#}
(() => {
  const base = {{ (base_url.rstrip("/") ~ "/") | tojson }};
  const homes = [{%- for alt in config.extra.alternate if alt.lang != config.theme.language %}{{ (alt.link | url) | tojson }}{{ ", " if not loop.last }}{% endfor -%}];
  const folders = homes.map((home) => home.slice(base.length).replace("index.html", "")).filter(Boolean);
  const load = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    return response.text();
  };
  const show = async (root, folder) => {
    const text = await load(`${root}${folder}404.html`);
    document.open();
    document.write(text.replaceAll(`"${base}`, `"${root}`));
    document.close();
  };
  const folderIn = (root) => folders.find((folder) => location.pathname.startsWith(root + folder)) ?? "";
  {%- if config.plugins.i18n.is_default_language_build %}
  if (folderIn(base)) {
    document.write("<plaintext hidden>"); // the rest of this page is not to be read, nor its scripts run
    show(base, folderIn(base)).catch(() => location.replace(base + folderIn(base)));
    return;
  }
  {%- endif %}
  // Served under another address than the one it was built for: look for the site above here, and begin again.
  let sought = location.pathname.startsWith(base);
  addEventListener("error", async ({ target }) => {
    if (sought || target.tagName !== "LINK") return;
    sought = true;
    for (let root = location.pathname; root !== "/"; ) {
      root = root.replace(/[^/]*\/?$/, "");
      const found = await load(`${root}sitemap.xml`).then(() => true, () => false);
      if (found) return show(root, folderIn(root));
    }
  }, true);
})();
