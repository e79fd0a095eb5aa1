// The filter of the glossary: by term, counterpart, definition, and what else people say for it; accents and case do not count.
import { fill } from "./tool.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();

const setUp = (glossary) => {
  const input = glossary.querySelector("input");
  const status = glossary.querySelector("[role=status]");
  const groups = [...glossary.querySelectorAll("tbody")];
  const letters = new Map([...glossary.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const rows = [...glossary.querySelectorAll("tbody tr:not(.glossary__letter)")].map((row) => ({
    row,
    text: fold([...row.querySelectorAll("h3, td:nth-child(2), .glossary__definition")].map((part) => part.textContent).join("\n")
      + `\n${row.dataset.also}`),
  }));

  const filter = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
    for (const group of groups) {
      group.hidden = ![...group.rows].some((row) => !row.hidden && !row.matches(".glossary__letter"));
      letters.get(group.id).hidden = group.hidden;
    }
    const n = rows.filter(({ row }) => !row.hidden).length;
    const key = { 0: "none", 1: "one" }[n] ?? "some";
    status.textContent = words.length ? fill(status.dataset[key], { n }) : "";
  };

  input.addEventListener("input", filter);
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    input.value = "";
    filter();
    target.scrollIntoView();
  });
  glossary.querySelector(".glossary__filter").hidden = false;
};

document.querySelectorAll("[data-glossary]").forEach(setUp);
