// Tables as text for spreadsheets.

// A spreadsheet runs a cell that begins like this as a formula. The apostrophe in front makes it text.
const FORMULA = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const harmless = (cell) => (FORMULA.test(cell) ? `'${cell}` : cell);
const quoted = (cell) => `"${harmless(cell).replaceAll('"', '""')}"`;

/** For a file. The byte order mark tells Excel that it is UTF-8. */
export const toCsv = (rows, separator) => `\uFEFF${rows.map((row) => `${row.map(quoted).join(separator)}\r\n`).join("")}`;

/** For the clipboard. */
export const toTsv = (rows) => rows
  .map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? quoted(cell) : harmless(cell))).join("\t"))
  .join("\n");
