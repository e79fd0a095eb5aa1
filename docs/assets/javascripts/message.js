// The button that copies the message before it.
import { copy, speaker } from "./tool.js";

const block = (element) => element.matches("ul, ol")
  ? [...element.children].map((item) => `- ${item.innerText.trim()}`).join("\n")
  : element.innerText.trim();

const setUp = (bar) => {
  const message = bar.previousElementSibling;
  const say = speaker(bar.querySelector("[role=status]"));
  bar.querySelector("button").addEventListener("click", async () => {
    const text = [...message.children].map(block).join("\n\n");
    if (await copy(text)) return say("copied");
    getSelection().selectAllChildren(message);
    return say("uncopied");
  });
  bar.hidden = false;
};

document.querySelectorAll("[data-copy-message]").forEach(setUp);
