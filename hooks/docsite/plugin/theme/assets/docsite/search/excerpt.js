// The part of a text that shows why it was found, and its words marked.

import { words } from "./words.js";

const WORDS_SHOWN = 30;
const BEFORE = 4;
const WORD = /[\p{L}\p{N}\p{M}]+(?:[-'’][\p{L}\p{N}\p{M}]+)*/gu;

const matches = (word, matched, language) => {
  const spelled = words(word, language);
  return spelled.some((one) => matched.has(one)) || matched.has(spelled.join(""));
};

/** The passage with most of the words that were found. */
export const excerpt = (text, matched, language) => {
  const all = text.split(" ");
  const hits = all.map((word) => (matches(word, matched, language) ? 1 : 0));
  let [best, start, sum] = [-1, 0, 0];
  for (let at = 0; at < all.length; at += 1) {
    sum += hits[at] - (hits[at - WORDS_SHOWN] ?? 0);
    if (sum > best) [best, start] = [sum, Math.max(0, at - WORDS_SHOWN + 1)];
  }
  if (best > 0) start = Math.max(0, hits.indexOf(1, start) - BEFORE);
  const shown = all.slice(start, start + WORDS_SHOWN).join(" ");
  return `${start > 0 ? "… " : ""}${shown}${start + WORDS_SHOWN < all.length ? " …" : ""}`;
};

/** The text as nodes, with what was found in <mark>. */
export const marked = (text, matched, language) => {
  const nodes = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!matches(word, matched, language)) continue;
    const mark = document.createElement("mark");
    mark.textContent = word;
    nodes.push(text.slice(end, index), mark);
    end = index + word.length;
  }
  return [...nodes, text.slice(end)];
};
