// The data worksheet: rows to type in, kept in the browser, to copy or to download.
import { toCsv, toTsv } from "./csv.js";
import { copy, download, fill, kept, onAction, speaker } from "./tool.js";

const isRows = (value) => Array.isArray(value)
  && value.every((row) => Array.isArray(row) && row.every((cell) => typeof cell === "string"));

const setUp = (sheet) => {
  const store = kept("docsite.worksheet", isRows, []);
  const table = sheet.querySelector("table");
  const body = table.tBodies[0];
  const bar = sheet.querySelector(".tool-bar");
  const say = speaker(bar.querySelector("[role=status]"));
  const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const atFirst = body.rows.length;

  const cellsOf = (row) => [...row.querySelectorAll("textarea")];
  const values = () => [...body.rows].map((row) => cellsOf(row).map((cell) => cell.value.trim()));
  const filled = () => values().filter((row) => row.some(Boolean));
  const save = () => store.set(filled()) || say("unstored");

  const number = () => [...body.rows].forEach((row, index) => {
    const n = index + 1;
    const name = fill(bar.dataset.row, { n });
    cellsOf(row).forEach((cell, column) => cell.setAttribute("aria-label", `${titles[column]}, ${name}`));
    row.querySelector("button").setAttribute("aria-label", fill(bar.dataset.remove, { n }));
  });

  const fieldFor = (title, value) => {
    const field = document.createElement("textarea");
    field.rows = 1;
    field.value = value;
    field.autocomplete = "off";
    const cell = document.createElement("td");
    cell.dataset.label = title;
    cell.append(field);
    return cell;
  };

  const add = (cells = []) => {
    const row = body.insertRow();
    row.append(...titles.map((title, column) => fieldFor(title, cells[column] ?? "")));
    const tools = row.insertCell();
    tools.className = "worksheet__tools";
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.action = "remove";
    button.textContent = "×";
    tools.append(button);
    number();
    return row;
  };

  const remove = (button) => {
    const row = button.closest("tr");
    const n = row.sectionRowIndex + 1;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    if (!next) add();
    number();
    save();
    (next ?? body.rows[0]).querySelector("textarea").focus();
    say("removed", { n });
  };

  const fillTable = (rows) => {
    body.replaceChildren();
    for (let index = 0; index < Math.max(atFirst, rows.length); index++) add(rows[index]);
  };

  onAction(bar, {
    add: () => add().querySelector("textarea").focus(),
    copy: async () => say(await copy(toTsv([titles, ...filled()])) ? "copied" : "uncopied"),
    download: () => download(sheet.dataset.file, "text/csv", toCsv([titles, ...filled()], sheet.dataset.separator)),
    reset() {
      if (!confirm(bar.dataset.confirm)) return;
      fillTable([]);
      save();
      say("emptied");
    },
  });
  onAction(body, { remove });
  body.addEventListener("input", save);

  table.tHead.rows[0].insertCell().className = "worksheet__tools";
  fillTable(store.get());
  bar.hidden = false;
};

document.querySelectorAll("[data-worksheet]").forEach(setUp);
