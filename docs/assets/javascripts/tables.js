// Tables with the class "stacked" stand as blocks on a phone. Each cell then needs the title of its column.
for (const table of document.querySelectorAll("table.stacked")) {
  const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  for (const row of table.tBodies[0].rows) {
    [...row.cells].forEach((cell, column) => { cell.dataset.label = titles[column]; });
  }
}
