// The boxes of the steps: ticks that stay, the same on every page and in both languages. On the checklist, ticks can be
// passed on by a link (#ticks=ID,ID) and by a file ({"ticks": [ID, ...]}).
import { copy, download, fill, kept, onAction, speaker } from "./tool.js";

const isIds = (value) => Array.isArray(value) && value.every((id) => typeof id === "string");
const store = kept("docsite.checklist", isIds, []);
const boxes = new Map([...document.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
let ticks = new Set(store.get());
let afterChange = () => {};

const show = () => {
  for (const [id, box] of boxes) box.checked = ticks.has(id);
  afterChange();
};

const keep = (ids) => {
  ticks = new Set(ids);
  const done = store.set([...ticks]);
  show();
  return done;
};

const setUpBox = (box) => {
  box.hidden = false;
  box.addEventListener("change", () => {
    if (box.checked) ticks.add(box.dataset.box);
    else ticks.delete(box.dataset.box);
    keep(ticks);
  });
};

const setUpTools = (bar) => {
  const find = (selector) => bar.querySelector(selector);
  const say = speaker(find("[role=status]"));
  const progress = find("progress");
  const count = find("[data-count]");
  const offer = find("[data-offer]");
  const picker = find("input[type=file]");
  const known = (ids) => ids.filter((id) => boxes.has(id));
  const done = () => known([...ticks]).length;
  const keepAndSay = (ids, key) => say(keep(known(ids)) ? key : "unstored");

  afterChange = () => {
    progress.value = done();
    count.textContent = fill(count.dataset.count, { n: done(), all: boxes.size });
  };

  const plainAddress = () => location.href.replace(/#.*$/, "");
  const leaveLink = () => {
    offer.hidden = true;
    history.replaceState(null, "", plainAddress());
  };
  const linked = () => {
    const match = /^#ticks=([\w,-]*)$/.exec(decodeURIComponent(location.hash));
    return match && known(match[1].split(","));
  };
  const readLink = () => {
    const ids = linked();
    const same = ids && ids.length === done() && ids.every((id) => ticks.has(id));
    offer.hidden = !ids || same || !done();
    const text = offer.querySelector("[data-text]");
    if (!offer.hidden) {
      text.textContent = fill(text.dataset.text, { n: ids.length, all: boxes.size });
      say();
    } else if (ids && !same) {
      leaveLink();
      keepAndSay(ids, "accepted");
    }
  };

  onAction(bar, {
    print: () => print(),
    async link() {
      const address = `${plainAddress()}#ticks=${known([...ticks]).join(",")}`;
      if (await copy(address)) return say("linked");
      history.replaceState(null, "", address);
      return say("linkShown");
    },
    export: () => download(bar.dataset.file, "application/json", `${JSON.stringify({ ticks: [...ticks] }, null, 2)}\n`),
    import: () => picker.click(),
    reset() {
      if (confirm(bar.dataset.confirm)) keepAndSay([], "reset");
    },
    accept() {
      const ids = linked() ?? [];
      leaveLink();
      keepAndSay(ids, "accepted");
    },
    decline: leaveLink,
  });

  picker.addEventListener("change", async () => {
    const [file] = picker.files;
    picker.value = "";
    const ids = await file.text().then(JSON.parse).then((data) => data.ticks, () => null).catch(() => null);
    if (isIds(ids)) keepAndSay(ids, "opened");
    else say("unreadable");
  });

  addEventListener("hashchange", readLink);
  bar.hidden = false;
  show();
  readLink();
};

boxes.forEach(setUpBox);
show();
const reread = () => {
  ticks = new Set(store.get());
  show();
};
addEventListener("storage", ({ key }) => { if (key === store.key || key === null) reread(); }); // another tab
addEventListener("pageshow", ({ persisted }) => { if (persisted) reread(); }); // the way back
const bar = document.querySelector("[data-checklist-tools]");
if (bar) setUpTools(bar);
