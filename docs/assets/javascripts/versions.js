// The version selector, and on a page that does not exist the language selector. Their links lead to the same page, or
// to the nearest one above it in the same language. Each version says in pages.json which pages it has.
(async () => {
  const selector = document.querySelector("[data-versions]");
  if (!selector || location.protocol === "file:") return;

  const home = new URL(selector.dataset.versions, location.href);
  const root = new URL("..", home);
  const read = async (path) => {
    const response = await fetch(new URL(path, root));
    if (!response.ok) throw new Error(`${response.status} ${path}`);
    return response.json();
  };
  const versions = await read("versions.json").catch(() => []);
  const named = (name) => versions.find(({ version, aliases }) => version === name || aliases.includes(name));

  // An address that does not exist may be shown the 404 page of another version: believe the address.
  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };
  const inside = decoded(location.pathname.slice(root.pathname.length)).replace(/(^|\/)index\.html$/, "$1");
  const folder = inside.split("/", 1)[0];
  const place = named(folder)
    ? { folder, path: inside.slice(folder.length + 1) }
    : { folder: decoded(home.pathname).split("/").at(-2), path: "" };
  const here = named(place.folder);
  if (!here) return;

  const indexes = new Map();
  const indexOf = ({ version }) => {
    if (!indexes.has(version)) {
      const nothingKnown = { pages: [""], moved: {} };
      indexes.set(version, read(`${encodeURIComponent(version)}/pages.json`).catch(() => nothingKnown));
    }
    return indexes.get(version);
  };

  const lookUp = ({ pages, moved }, path) => [path, `${path}/`, moved[path]].find((page) => pages.includes(page));
  const above = (path) => path.replace(/[^/]*\/?$/, "");
  const nearest = (index, path) => (path ? lookUp(index, path) ?? nearest(index, above(path)) : "");

  // A page that moved between the versions is sought by its former addresses too.
  const find = async (version, path) => {
    const [there, { moved }] = await Promise.all([version, here].map(indexOf));
    const names = [path, ...Object.keys(moved).filter((old) => moved[old] === path)];
    const same = names.map((name) => lookUp(there, name)).find((page) => page !== undefined);
    return { page: same ?? nearest(there, path), same: same !== undefined };
  };

  const address = (folder, page) => new URL([folder, ...page.split("/")].map(encodeURIComponent).join("/"), root);

  // The page is sought when the reader reaches for the link. A click that comes earlier waits for the answer.
  const lead = (link, version, folder, path) => {
    let search;
    const seek = () => (search ??= find(version, path).then(({ page, same }) => {
      link.href = address(folder, page);
      link.toggleAttribute("data-elsewhere", !same);
      link.dataset.found = "";
    }));
    for (const type of ["pointerover", "focus"]) link.addEventListener(type, seek);
    link.addEventListener("click", async (event) => {
      if ("found" in link.dataset) return;
      event.preventDefault();
      await seek();
      link.dispatchEvent(new MouseEvent("click", event));
    });
  };

  const suffix = ({ aliases }) => (aliases.length ? ` (${[...aliases].sort().join(", ")})` : "");
  const title = (version) => version.title + suffix(version);
  const item = (version) => {
    const link = document.createElement("a");
    link.className = "md-select__link";
    link.href = address(version.version, "");
    link.textContent = title(version);
    if (version === here) link.setAttribute("aria-current", "true");
    lead(link, version, version.version, place.path);
    const item = document.createElement("li");
    item.className = "md-select__item";
    item.append(link);
    return item;
  };

  const shown = versions.filter((version) => version === here || !version.properties?.hidden);
  selector.querySelector("ul").append(...shown.map(item));
  const button = selector.querySelector("button");
  const wide = (text) => Object.assign(document.createElement("span"), { className: "version-select__more", textContent: text });
  button.append(wide(`${selector.dataset.label} `), here.title, wide(suffix(here)));
  // No title: its tooltip would cover the first entries of the list.
  button.setAttribute("aria-label", button.textContent);
  selector.hidden = false;

  if (!document.querySelector(".missing-page")) return;
  const prefix = (link) => decoded(link.pathname.slice(home.pathname.length));
  const languages = [...document.querySelectorAll(".md-select__link[hreflang]")];
  const current = languages.map(prefix).find((start) => start && place.path.startsWith(start)) ?? "";
  const rest = place.path.slice(current.length);
  for (const link of languages) lead(link, here, place.folder, prefix(link) + rest);
  for (const link of document.querySelectorAll(".missing-page section > p a")) lead(link, here, place.folder, prefix(link));
})();
