// Answers a query from the index of one language. Only the pieces that the query asks for are fetched.

import { distance } from "./distance.js";
import { Vocabulary } from "./vocabulary.js";
import { queryWords, singular, words } from "./words.js";

const LONGEST_SYNONYM = 6;
const CANDIDATES = 40;
const BELOW = 3;
// Words that say little about what is sought, unless the query has no others.
const SMALL = {
  en: "a an and any are as at be by can define definition do does find for from get go goes how i if in into is it me mean meaning my of on or our per put set should stand that the their there they this to up us use was we what when where which who why will with you your",
  fr: "a ai au aux avec avoir c ce ces cette chez comment d dans de definition des dire doit dois donc du elle en est et etre faire faut il ils j je l la le les leur ma mais me mes met mettre mon n ni nos notre nous obtenir on ou par pas peut peux plus pour pourquoi qu quand que quel quelle qui quoi s sa sans se ses si signification signifie son sont sous sur t ta tes ton trouver un une veut vos votre vous y",
};
// Those of them that ask for a deed: `set up the SDK` is more than the name of the SDK.
const DEEDS = { en: "get go goes put set up use", fr: "faire met mets mettre" };
const SMALL_WEIGHT = 0.06;
const LIKELY = 0.7; // one typing error
const GUESS = 0.3;
const NAMED = 1.5; // a title or keyword that is the query
// Numbers in words, from 1 on: pages and readers write either these or digits.
const NUMBERS = {
  en: ["one two three four five six seven eight nine", "first second third fourth fifth sixth seventh eighth ninth"],
  fr: ["un deux trois quatre cinq six sept huit neuf", "premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme"],
};

const ORDINALS = { en: /^(\d+)(?:st|nd|rd|th)$/, fr: /^(\d+)(?:e|er|ere|re|eme|nd|nde)$/ };

export class Engine {
  #manifest;
  #vocabulary;
  #pieces = new Map();

  constructor(folder) {
    this.folder = folder;
  }

  async load() {
    this.#manifest ??= this.#fetch("index.json").then((manifest) => {
      this.#vocabulary = new Vocabulary(manifest.words ? manifest.words.split(" ") : [], manifest.foreign);
      const spelled = (list) => list.split(" ").map((word) => singular(word, manifest.language));
      const counted = (list) => spelled(list).map((word, at) => [word, String(at + 1)]);
      this.small = new Set(spelled(SMALL[manifest.language] ?? ""));
      this.deeds = new Set(spelled(DEEDS[manifest.language] ?? ""));
      const [cardinals, ordinals] = (NUMBERS[manifest.language] ?? ["", ""]).map(counted);
      [this.cardinals, this.ordinals] = [new Map(cardinals), new Map(ordinals)];
      this.numerals = new Map(cardinals.map(([word, digit]) => [digit, word]));
      this.synonyms = this.#byKey(manifest.synonyms);
      const terms = manifest.suggestions.map((term) => [words(term, manifest.language), [term]]);
      const long = terms.filter(([said]) => said.length > 1).map(([said, term]) => [said.join(""), term]);
      this.names = new Map([...long, ...this.synonyms]);
      this.joinedNames = new Vocabulary([...this.names.keys()].sort());
      return manifest;
    });
    this.#manifest.catch(() => (this.#manifest = undefined));
    return this.#manifest;
  }

  /** Pages with their sections, best first; words of the query that no page has; what to search instead. */
  async search(query) {
    const manifest = await this.load();
    const typed = queryWords(query, manifest.language);
    const slots = this.#slots(typed, manifest);
    const { scores, matched, missing, exact } = await this.#score(slots, manifest);
    const found = [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, CANDIDATES);
    const sections = await Promise.all(found.map(async ([number, score]) => ({ ...(await this.#section(number)), score })));
    const meant = slots.flatMap(({ ways }) => ways.at(-1));
    const pages = grouped(this.#reranked(sections, [typed, meant], manifest.language));
    return { pages, matched, exact, missing, suggestions: pages.length ? [] : this.#near(query, manifest) };
  }

  async #fetch(name) {
    const response = await fetch(new URL(name, this.folder));
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    return response.json();
  }

  #piece(name) {
    if (!this.#pieces.has(name)) {
      const piece = this.#fetch(name);
      piece.catch(() => this.#pieces.delete(name));
      this.#pieces.set(name, piece);
    }
    return this.#pieces.get(name);
  }

  async #section(number) {
    const { sectionFiles, sectionsPerFile } = await this.#manifest;
    const piece = await this.#piece(sectionFiles[Math.floor(number / sectionsPerFile)]);
    return piece[number % sectionsPerFile];
  }

  async #postings(number) {
    const { starts, wordFiles } = await this.#manifest;
    const file = starts.findLastIndex((start) => start <= number);
    return (await this.#piece(wordFiles[file]))[number - starts[file]];
  }

  /** What synonyms mean, however their words are joined, with or without the small ones: `limitededebit`, `limitedebit`. */
  #byKey(synonyms) {
    const entries = Object.entries(synonyms).map(([said, meant]) => [said.split(" "), meant]);
    const short = entries.map(([said, meant]) => [said.filter((word) => !this.small.has(word)), meant]);
    return new Map([...short, ...entries].map(([said, meant]) => [said.join(""), meant]));
  }

  /** The query as a row of things sought, each with the ways to say it. */
  #slots(typed, { language }) {
    const slots = [];
    for (let at = 0; at < typed.length; ) {
      const row = typed.slice(at, at + LONGEST_SYNONYM);
      const [length, meant, near] = this.#synonym(row) ?? this.#nearName(row) ?? [1, []];
      const said = typed.slice(at, at + length);
      const ways = [said, ...meant.map((text) => words(text, language))];
      if (length > 1 && this.#vocabulary.has(said.join(""))) ways.push([said.join("")]);
      if (length === 1 && !this.#vocabulary.has(said[0])) ways.push(...this.#halves(said[0], language));
      const more = at + 1 < typed.length; // `5 steps` are five, `step 5` is the fifth
      const ordinal = ORDINALS[language]?.exec(said[0])?.[1] ?? this.ordinals.get(said[0]);
      const number = this.cardinals.get(said[0]) ?? (more && (ordinal ?? this.numerals.get(said[0])));
      const counts = length === 1 && typed.length > 1 && Boolean(number);
      if (counts) ways.push([number]);
      slots.push({ said, ways, known: ways.length > 1, near, counts: counts && !more });
      at += length;
    }
    return slots;
  }

  #halves(word, language) {
    const telling = (half) => (this.small.has(half) ? "" : half);
    const halves = this.#vocabulary.split(word, (half) => telling(singular(half, language)));
    return halves ? [halves] : [];
  }

  #synonym(typed) {
    for (let length = typed.length; length > 0; length -= 1) {
      const key = typed.slice(0, length).join("");
      if (this.synonyms.has(key)) return [length, this.synonyms.get(key)];
      if (length === 2 && this.#vocabulary.has(key)) return [length, []];
    }
    return null;
  }

  /** Whether a word says little about what is sought, as a single letter does: the start of a word. */
  #isSmall(word) {
    return this.small.has(word) || /^\p{L}$/u.test(word);
  }

  /** A term or a synonym with a typing error, in part or in another form, if a word of what was typed is on no page. */
  #nearName(typed) {
    for (let length = typed.length; length > 0; length -= 1) {
      const said = typed.slice(0, length);
      const known = said.every((word) => this.#vocabulary.has(word));
      const unfinished = length > 1 && length === typed.length && this.#isSmall(said.at(-1)); // `custom at`
      if (known && !unfinished) continue;
      const alike = said.every((word) => this.#vocabulary.meanings(word, { typos: false }).size);
      const [best] = [...this.joinedNames.meanings(said.join(""))].sort((one, other) => other[1] - one[1]);
      const name = best && this.joinedNames.known[best[0]];
      const begun = length > 1 && name?.startsWith(said.join(""));
      if (known ? begun : best?.[1] >= (alike && !begun ? LIKELY : GUESS)) return [length, this.names.get(name), !begun];
    }
    return null;
  }

  async #score(slots, manifest) {
    const onlySmall = slots.every(({ said }) => said.every((word) => this.#isSmall(word)));
    const matched = new Set();
    const missing = [];
    let [exact, sure] = [true, false];
    const found = [];
    for (const slot of slots) {
      const small = !onlySmall && !slot.counts && slot.said.every((word) => this.#isSmall(word));
      const allowed = { forms: !small || slot === slots.at(-1), typos: !slot.known }; // the last word may be unfinished
      const ways = await Promise.all(slot.ways.map((way) => this.#scoreWay(way, allowed, manifest)));
      const scores = new Map();
      for (const [rank, way] of ways.entries()) {
        for (const [section, { score, share }] of way.scores) {
          const one = { score: score * (rank ? 0.95 : 1), share };
          if (one.score > (scores.get(section)?.score ?? 0)) scores.set(section, one);
        }
        if (!small) for (const word of way.matched) matched.add(word);
      }
      if (!scores.size && !small) missing.push(slot.said.join(" "));
      if (!small && !slot.near && ways.some((way) => way.likely)) sure = true;
      if (!small && (slot.near || !ways.some((way) => way.exact))) exact = false;
      const weight = (small ? SMALL_WEIGHT : 1) * Math.max(...ways.map((way) => way.rarity));
      found.push({ scores, small, weight, factor: small ? SMALL_WEIGHT : 1 });
    }
    // A guess beside words that no page has is no answer.
    const scores = sure || !missing.length ? this.#combined(found) : new Map();
    return { scores, matched, missing, exact };
  }

  /** A section counts by what it has of the query, and much more if it has all of it. */
  #combined(found) {
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    const sums = new Map();
    for (const { scores, small, weight, factor } of found) {
      for (const [section, { score, share }] of scores) {
        const sum = sums.get(section) ?? { score: 0, covered: 0, meant: false };
        sum.score += score * factor;
        sum.covered += (share * weight) / total;
        sum.meant ||= !small;
        sums.set(section, sum);
      }
    }
    const meant = [...sums].filter(([, sum]) => sum.meant);
    const best = Math.max(...meant.map(([, { covered }]) => covered));
    const kept = meant.filter(([, { covered }]) => covered >= best * 0.5);
    return new Map(kept.map(([section, { score, covered }]) => [section, score * covered ** 2]));
  }

  async #scoreWay(way, allowed, manifest) {
    const rarities = [];
    const sums = new Map();
    const matched = [];
    let [exact, likely] = [way.length > 0, way.length > 0];
    for (const word of way) {
      const forms = allowed.forms && !(way.length > 1 && this.small.has(word));
      const meanings = [...this.#vocabulary.meanings(word, { ...allowed, forms })];
      const rarity = this.#rarity(meanings, manifest);
      rarities.push(rarity);
      exact &&= this.#vocabulary.has(word) || meanings.some(([number]) => this.#vocabulary.known[number].startsWith(word));
      likely &&= meanings.some(([, quality]) => quality >= LIKELY);
      const best = new Map();
      await Promise.all(meanings.map(async ([number, quality]) => {
        matched.push(this.#vocabulary.known[number]);
        const postings = await this.#postings(number);
        for (let at = 0; at < postings.length; at += 2) {
          best.set(postings[at], Math.max(best.get(postings[at]) ?? 0, postings[at + 1] * quality));
        }
      }));
      for (const [section, value] of best) {
        const sum = sums.get(section) ?? { value: 0, rarity: 0 };
        sum.value += value;
        sum.rarity += rarity;
        sums.set(section, sum);
      }
    }
    const total = rarities.reduce((sum, rarity) => sum + rarity, 0);
    const scores = new Map();
    for (const [section, { value, rarity }] of sums) {
      const share = rarity / total;
      scores.set(section, { score: value * share ** 2, share });
    }
    return { scores, matched, exact, likely: exact || likely, rarity: Math.max(...rarities, 0.1) };
  }

  #rarity(meanings, { sections, found }) {
    const [best] = meanings.sort((one, other) => other[1] - one[1]);
    const times = best ? found[best[0]] : 0;
    return Math.log(1 + (sections - times + 0.5) / (times + 0.5));
  }

  /** Words that stand together as in the query or its synonyms count more, and a title or keyword that stands in them or is them. */
  #reranked(sections, queries, language) {
    const joined = (list) => ` ${list.map((word) => this.cardinals.get(word) ?? this.ordinals.get(word) ?? word).join(" ")} `;
    const mere = (word) => this.small.has(word) && !this.deeds.has(word);
    const telling = (list) => joined(list.every(mere) ? list : list.filter((word) => !mere(word)));
    const names = queries.map(telling);
    const phrases = queries.filter((query) => query.length > 1).map((query) => [joined(query), query.length]);
    for (const section of sections) {
      const titles = [section.title, ...(section.keywords ?? [])].map((said) => words(said, language));
      const texts = [...titles, words(section.text, language)].map(joined);
      const alike = phrases.map(([phrase, length]) => {
        if (texts.some((said) => said.includes(phrase))) return length;
        return Math.max(...titles.map((title) => (title.length > 1 && phrase.includes(joined(title)) ? title.length : 0)));
      });
      const named = titles.some((title) => names.includes(telling(title)));
      section.score *= (1 + Math.max(0, ...alike) / 4) * (named ? NAMED : 1);
    }
    return sections.sort((one, other) => other.score - one.score);
  }

  #near(query, { language, suggestions }) {
    const typed = words(query, language).join(" ");
    const close = suggestions.map((text) => ({ text, unlike: unlike(typed, words(text, language)) }));
    return close
      .filter(({ unlike: steps }) => steps <= 0.5)
      .sort((one, other) => one.unlike - other.unlike)
      .slice(0, 3)
      .map(({ text }) => text);
  }
}

/** How far what was typed is from a term, or from the nearest of its words: 0 for the same, 1 for nothing in common. */
function unlike(typed, term) {
  const tries = [term.join(" "), ...term.filter((word) => word.length > 3)];
  return Math.min(...tries.map((one) => {
    const longest = Math.max(one.length, typed.length);
    return distance(typed, one, Math.floor(longest / 2)) / longest;
  }));
}

/** Sections page by page: the best of each, with the next ones of the same page below it. */
function grouped(sections) {
  const pages = new Map();
  const floor = (sections[0]?.score ?? 0) * 0.08;
  for (const section of sections.filter(({ score }) => score >= floor)) {
    const page = pages.get(section.page);
    if (!page) pages.set(section.page, { ...section, below: [] });
    else if (page.below.length < BELOW && section.score >= page.score * 0.25) page.below.push(section);
  }
  return [...pages.values()];
}
