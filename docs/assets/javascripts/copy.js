// "Copy page": the page's Markdown, on the clipboard.
for (const button of document.querySelectorAll("[data-copy-page]")) {
  const label = button.querySelector(".page-tools__label");
  const status = button.parentElement.querySelector("[role=status]");
  const name = label.textContent;
  let timer;
  const say = (text) => {
    label.textContent = text;
    status.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = name;
      status.textContent = "";
    }, 3000);
  };
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      const response = await fetch(button.dataset.copyPage);
      if (!response.ok) throw new Error(`${response.status} ${response.url}`);
      await navigator.clipboard.writeText(await response.text());
      say(button.dataset.copied);
    } catch (error) {
      say(button.dataset.failed);
      console.warn(error);
    }
  });
}
