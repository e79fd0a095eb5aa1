// What the tools share. Every text is in the page, in its language: the scripts have none.

/** Put values in for {names}. */
export const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** A line with role=status that says the text of its attribute data-KEY. Said again, it is read out again. */
export const speaker = (line) => (key, values) => {
  line.textContent = "";
  if (key) setTimeout(() => { line.textContent = fill(line.dataset[key], values); }, 50);
};

/** A value that the browser keeps. `set` tells whether it could; what is kept but cannot be read is forgotten. */
export const kept = (key, isValid, empty) => ({
  key,
  get() {
    try {
      const value = JSON.parse(localStorage.getItem(key));
      return isValid(value) ? value : empty;
    } catch {
      return empty;
    }
  },
  set(value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
});

/** Hand a file to the reader. */
export const download = (name, type, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** Copy a text; whether the browser allowed it. */
export const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

/** Run the action that each button names in data-action. */
export const onAction = (bar, actions) => {
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-action]");
    if (button) actions[button.dataset.action](button);
  });
};
