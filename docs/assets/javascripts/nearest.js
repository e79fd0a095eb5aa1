// On a page that does not exist: the pages whose addresses or titles are nearest to the address that was asked for.
import { distance } from "../docsite/search/distance.js";
import { fold } from "../docsite/search/words.js";

const SHOWN = 3;
const FAR = 0.5;
const missing = document.querySelector("[data-missing]");

const parts = (path) => fold(path).split(/[^\p{L}\p{N}]+/u).filter((part) => part && part !== "html" && part !== "index");

/** 0 for the same words, 1 for none in common. */
const unlike = (asked, page) => {
  if (!asked.length || !page.length) return 1;
  const nearest = (word) => Math.min(...page.map((other) => {
    const longest = Math.max(word.length, other.length);
    return distance(word, other, Math.ceil(longest / 2)) / longest;
  }));
  const sum = asked.reduce((total, word) => total + Math.min(nearest(word), 1), 0);
  return sum / asked.length + 0.02 * Math.abs(asked.length - page.length);
};

const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

if (missing) {
  const root = new URL("../../", import.meta.url);
  const path = decoded(location.pathname.slice(root.pathname.length));
  const response = await fetch(new URL(`search/${missing.dataset.language}/pages.json`, root));
  const pages = response.ok ? await response.json() : [];
  const folder = missing.dataset.language;
  const asked = parts(path).filter((part) => part !== folder);
  const near = pages
    .map(([url, title]) => ({ url, title, far: Math.min(unlike(asked, parts(url).filter((part) => part !== folder)), unlike(asked, parts(title))) }))
    .filter(({ far }) => far <= FAR)
    .sort((one, other) => one.far - other.far)
    .slice(0, SHOWN);
  const items = near.map(({ url, title }) => {
    const link = Object.assign(document.createElement("a"), { href: new URL(url, root).href, textContent: title });
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  const box = document.querySelector("[data-nearest]");
  box.querySelector("ul").append(...items);
  box.hidden = !items.length;
}
