// Which words of the index a word of the query may stand for, and how well each does.

import { distance } from "./distance.js";

const PREFIX = 0.75;
const RELATED = 0.4;
const ENDING = 3; // letters, as in `sending` beside `send`
const FORM = 0.5;
const TYPOS = [1, 0.7, 0.5];
const MANY = 40;

const sorted = (word) => [...word].sort().join("");

export class Vocabulary {
  constructor(known, foreign = []) {
    this.known = known; // sorted
    this.foreign = new Set(foreign); // numbers of words of other languages, for which nobody mistypes a word of this one
    this.numbers = new Map(known.map((word, number) => [word, number]));
  }

  has(word) {
    return this.numbers.has(word);
  }

  /** Numbers of words with their quality, from 0 to 1. */
  meanings(word, { forms = true, typos = true } = {}) {
    const found = new Map();
    const add = (number, quality) => {
      if (quality > (found.get(number) ?? 0)) found.set(number, quality);
    };
    if (this.has(word)) add(this.numbers.get(word), 1);
    if (!forms) return found;
    for (const number of this.#startingWith(word)) {
      add(number, PREFIX * Math.sqrt(word.length / this.known[number].length));
    }
    for (const [number, quality] of this.#related(word)) add(number, quality);
    const mistyped = typos && !(Math.max(...found.values()) > FORM); // a form of a known word is no typing error
    if (mistyped) for (const [number, quality] of this.#mistyped(word)) add(number, quality);
    return found;
  }

  /** Two words that were typed without the space between them, spelled as in the index; `step1` is two as well. */
  split(word, spelled) {
    for (let at = word.length - 1; at >= 1; at -= 1) {
      const halves = [word.slice(0, at), word.slice(at)];
      if (halves.some((half) => half.length < 3 && !/\d/.test(half))) continue;
      const known = halves.map(spelled);
      if (known.every((half) => this.has(half) && !this.foreign.has(this.numbers.get(half)))) return known;
    }
    return null;
  }

  #first(prefix) {
    let [low, high] = [0, this.known.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.known[middle] < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #startingWith(prefix) {
    const found = [];
    if (prefix.length < 2 || /^\d+$/.test(prefix)) return found;
    for (let at = this.#first(prefix); this.known[at]?.startsWith(prefix) && found.length < MANY; at += 1) found.push(at);
    return found;
  }

  /** Words of the same family, as `personnaliser` and `personnalisation`: long, and alike but for their ends. */
  #related(word) {
    if (word.length < 5 || /\d/.test(word)) return [];
    const stem = word.slice(0, Math.max(word.length < 7 ? 4 : 5, Math.ceil(word.length / 2)));
    const found = [];
    for (let end = 4; end < stem.length; end += 1) {
      const number = this.numbers.get(word.slice(0, end));
      if (number !== undefined && word.length - end <= ENDING) found.push([number, (RELATED * 2 * end) / (word.length + end)]);
    }
    for (const number of this.#startingWith(stem)) {
      const other = this.known[number];
      let same = stem.length;
      while (same < word.length && word[same] === other[same]) same += 1;
      if (same >= other.length * 0.6) found.push([number, (RELATED * 2 * same) / (word.length + other.length)]);
    }
    return found;
  }

  #mistyped(word) {
    if (word.length < 3 || /\d/.test(word)) return [];
    const limit = word.length < 7 ? 1 : 2;
    const found = [];
    this.known.forEach((other, number) => {
      if (other.length < 3 || this.foreign.has(number)) return;
      if (word.length === 3 && sorted(word) !== sorted(other)) return; // too short for more than a swap
      const steps = distance(word, other, limit);
      if (steps > 1 && word[0] !== other[0]) return; // `external` is not `internal`
      if (steps <= limit) found.push([number, TYPOS[steps] * (word[0] === other[0] ? 1 : 0.8)]);
    });
    const best = Math.max(...found.map(([, quality]) => quality));
    return found.filter(([, quality]) => quality >= best * 0.7);
  }
}
