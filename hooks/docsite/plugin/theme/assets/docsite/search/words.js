// Text as the index and the query spell it. hooks/docsite/plugin/search/words.py does the same; a test compares the two.

const APOSTROPHES = /[’ʼ‘`´]/g;
const LETTERS = /[\p{L}\p{N}]+(?:['-]+[\p{L}\p{N}]+)*/gu;
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss" };
const ELIDED = new Set("c d j l m n qu s t jusqu lorsqu presqu puisqu quelqu quoiqu".split(" "));
const CONTRACTED = new Set("d ll m re s t ve".split(" "));

export const fold = (text) =>
  text
    .replace(APOSTROPHES, "'")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[œæß]/g, (letters) => LIGATURES[letters]);

const french = (word) => {
  if (word.endsWith("eaux")) return word.slice(0, -1);
  if (word.endsWith("aux")) return `${word.slice(0, -3)}al`;
  return /[sx]$/.test(word) && word.at(-2) !== "s" ? word.slice(0, -1) : word;
};

const english = (word) => {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:sses|xes|ches|shes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && !/[su]/.test(word.at(-2)) ? word.slice(0, -1) : word;
};

export const singular = (word, language) => {
  if (word.length < 4 || /^\p{N}+$/u.test(word)) return word;
  return language === "fr" ? french(word) : english(word);
};

const parts = (compound, language) =>
  compound.split("-").flatMap((joined) => {
    const pieces = joined.split("'").filter(Boolean);
    while (pieces.length > 1 && ELIDED.has(pieces[0])) pieces.shift();
    while (pieces.length > 1 && CONTRACTED.has(pieces.at(-1))) pieces.pop();
    return pieces.map((piece) => singular(piece, language));
  });

/** The words of a text in their order. */
export const words = (text, language) =>
  [...fold(text).matchAll(LETTERS)].flatMap(([compound]) => parts(compound, language));

/** The words of a query. A letter that stands for an elision that was typed with a space says nothing. */
export const queryWords = (text, language) => {
  const all = words(text, language);
  const kept = all.filter((word, at) => !(word.length === 1 && ELIDED.has(word) && at < all.length - 1));
  return kept.length ? kept : all;
};
