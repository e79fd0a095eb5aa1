// An address with #anchor shows its target, also in a tab or details that are closed.
const reveal = () => {
  let name = location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch { /* no escape after all */ }
  const target = document.getElementById(name);
  if (!target?.closest("article")) return;
  let hidden = false;
  for (let at = target; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement && !at.open) hidden = at.open = true;
    if (at.classList.contains("tabbed-block")) hidden = choose(at) || hidden;
  }
  if (hidden) target.scrollIntoView();
};

/** Choose the tab that a block belongs to; whether another one was chosen before. */
const choose = (block) => {
  const number = [...block.parentElement.children].indexOf(block);
  const input = block.closest(".tabbed-set").querySelectorAll(":scope > input")[number];
  if (!input || input.checked) return false;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};

addEventListener("hashchange", reveal);
addEventListener("load", reveal);
