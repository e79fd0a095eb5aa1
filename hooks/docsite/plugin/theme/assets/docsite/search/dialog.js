// The search's dialog: opened by its button, Ctrl+K, / and ?q=; the engine and the index come with the first opening.

const SITE = new URL("../../../", import.meta.url);
const dialog = document.querySelector("[data-search-dialog]");

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

class Search {
  #engine;
  #turn = 0;

  constructor() {
    this.language = dialog.dataset.language;
    this.words = JSON.parse(dialog.dataset.words);
    this.input = dialog.querySelector("input");
    this.status = dialog.querySelector("[role=status]");
    this.results = dialog.querySelector("[data-search-results]");
    this.suggestions = dialog.querySelector("[data-search-suggestions]");
    this.input.addEventListener("input", () => this.run());
    dialog.addEventListener("keydown", (event) => this.#move(event));
    dialog.addEventListener("click", (event) => this.#click(event));
  }

  open(query) {
    if (!dialog.open) dialog.showModal();
    if (query !== undefined) this.input.value = query;
    this.input.select();
    return this.run();
  }

  async #load() {
    this.#engine ??= Promise.all([import("./engine.js"), import("./excerpt.js")]).then(([{ Engine }, shown]) => {
      this.shown = shown;
      return new Engine(new URL(`search/${this.language}/`, SITE));
    });
    this.#engine.catch(() => (this.#engine = undefined));
    const engine = await this.#engine;
    await engine.load();
    return engine;
  }

  async run() {
    const turn = (this.#turn += 1);
    const query = this.input.value.trim();
    try {
      const engine = await this.#load();
      const answer = query ? await engine.search(query) : null;
      if (turn === this.#turn) this.#show(query, answer);
    } catch (error) {
      if (turn === this.#turn) this.#show(query, null, this.words.failed);
      console.error(error);
    }
  }

  #show(query, answer, said = "") {
    const pages = answer?.pages ?? [];
    this.results.replaceChildren(...pages.map((page) => this.#page(page, answer.matched)));
    this.status.textContent = said || this.#summary(query, answer);
    this.suggestions.replaceChildren(...(answer?.suggestions ?? []).map((text) => this.#suggestion(text)));
    this.suggestions.hidden = !answer?.suggestions.length;
    dialog.querySelector(".ds-search__output").scrollTop = 0;
    dialog.dataset.shown = query; // the answer on show
  }

  #summary(query, answer) {
    if (!answer) return "";
    const { pages, exact, missing } = answer;
    const quoted = (key, text) => this.words[key].replace("{}", text);
    if (!pages.length) return quoted("none", query) + (answer.suggestions.length ? ` ${this.words.near}` : "");
    const count = pages.length === 1 ? this.words.one : quoted("many", pages.length);
    if (missing.length) return `${count} ${quoted("missing", missing.join(", "))}`;
    return exact ? count : `${count} ${this.words.close}`;
  }

  #page(page, matched) {
    const item = element("li", "ds-search__page", this.#link(page, matched, true));
    if (page.below.length) {
      const below = page.below.map((section) => element("li", "", this.#link(section, matched, false)));
      item.append(element("ol", "ds-search__below", ...below));
    }
    return item;
  }

  #link(section, matched, whole) {
    const { excerpt, marked } = this.shown;
    const link = element("a", "ds-search__link");
    link.href = new URL(section.url, SITE);
    link.append(element("span", "ds-search__title", ...marked(section.title, matched, this.language)));
    if (whole && section.path.length) link.append(element("span", "ds-search__path", section.path.join(" › ")));
    const text = excerpt(section.text, matched, this.language);
    if (text) link.append(element("span", "ds-search__text", ...marked(text, matched, this.language)));
    return link;
  }

  #suggestion(text) {
    const button = element("button", "ds-search__suggestion", text);
    button.type = "button";
    button.addEventListener("click", () => this.open(text));
    return button;
  }

  #move(event) {
    const links = [...this.results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    const typing = document.activeElement === this.input;
    if (event.key === "Enter" && typing) this.#enter(event);
    if (event.key === "Escape" && typing) this.#leave(event);
    if (to === undefined || (typing && event.key !== "ArrowDown") || event.isComposing) return;
    event.preventDefault();
    if (to < 0) this.input.focus();
    else (links[to] ?? links.at(-1) ?? this.input).focus();
  }

  /** Enter opens the first result, once the answer to what was typed is there. */
  async #enter(event) {
    event.preventDefault();
    if (dialog.dataset.shown !== this.input.value.trim()) await this.run();
    this.results.querySelector("a")?.click();
  }

  /** Escape closes, where a search field alone would be emptied first. */
  #leave(event) {
    event.preventDefault();
    dialog.close();
  }

  #click(event) {
    const outside = event.target === dialog;
    if (outside || event.target.closest("a, [data-search-close]")) dialog.close();
  }
}

if (dialog) {
  const search = new Search();
  const query = new URLSearchParams(location.search).get("q");
  if (query) search.open(query);

  for (const button of document.querySelectorAll("[data-search-open]")) {
    button.addEventListener("click", () => search.open());
    button.hidden = false;
  }

  // A dialog that has just been closed keeps the focus for a moment.
  const left = (target) => dialog.contains(target) && !dialog.open;
  const writing = ({ target }) => target.closest?.("input, textarea, select, [contenteditable]") && !left(target);
  document.addEventListener("keydown", (event) => {
    const shortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writing(event);
    if (!shortcut && !slash) return;
    event.preventDefault();
    search.open();
  });
}
