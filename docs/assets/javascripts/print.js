// On paper, links to other sites have a number, and the page ends with their addresses.
const article = document.querySelector("article");
const notes = document.querySelector("[data-print-notes]");

const clear = () => {
  for (const mark of document.querySelectorAll(".print-mark")) mark.remove();
  notes.hidden = true;
};

const number = () => {
  clear();
  const addresses = [];
  for (const link of article.querySelectorAll("a[href^=http]:not(svg a, .md-button)")) {
    if (!link.checkVisibility() || link.closest(".print-notes, .page-end")) continue;
    if (!addresses.includes(link.href)) addresses.push(link.href);
    const mark = Object.assign(document.createElement("span"), { className: "print-mark" });
    mark.textContent = `\u00a0[${addresses.indexOf(link.href) + 1}]`;
    link.append(mark);
  }
  const items = addresses.map((address) => Object.assign(document.createElement("li"), { textContent: address }));
  notes.querySelector("ol").replaceChildren(...items);
  notes.hidden = !items.length;
};

if (article && notes) {
  addEventListener("beforeprint", number);
  addEventListener("afterprint", clear);
}
