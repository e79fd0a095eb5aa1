// Loads the scripts that a page has use for.
const scripts = {
  "[data-missing]": "./nearest.js",
  "[data-box]": "./checklist.js",
  "[data-worksheet]": "./worksheet.js",
  "[data-copy-message]": "./message.js",
  "[data-glossary]": "./glossary.js",
  "table.stacked": "./tables.js",
  "a.term": "./terms.js",
};
for (const [selector, script] of Object.entries(scripts)) if (document.querySelector(selector)) import(script);
