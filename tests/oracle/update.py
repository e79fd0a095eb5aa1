"""Write the expected facts of every golden input and generated document, as real Jekyll decides them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

# Run as a script, this file would see its own folder only.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.oracle import stored
from tests.oracle.documents import Document, documents
from tests.oracle.facts import Json, facts

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
ADVICE = (
    "{} is needed to renew the golden files, though not to test with them.\n"
    "On Debian or Ubuntu: apt install jekyll ruby-kramdown-parser-gfm"
)


def render(folder: Path) -> dict[str, str]:
    """The HTML of every input, by its name without `.md`."""
    for program in ("ruby", "jekyll"):
        if shutil.which(program) is None:
            sys.exit(ADVICE.format(program))
    command = ["ruby", str(HERE / "render.rb"), str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit("Jekyll refused a golden input; see above.")
    pages: dict[str, str] = json.loads(done.stdout)
    return pages


def render_documents(given: Iterable[Document]) -> dict[str, str]:
    """The HTML of generated documents by name, in one run."""
    names: dict[str, str] = {}
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in ("_includes", "_data"):
            shutil.copytree(GOLDEN / part, folder / part)
        shutil.copy(GOLDEN / "_site.yml", folder)
        for number, document in enumerate(given):
            stem = f"{number}.{document.language}"
            names[stem] = document.name
            (folder / f"{stem}.md").write_text(f"---\nnav_title: D\n---\n{document.text}", "utf-8")
        return {names[stem]: html for stem, html in render(folder).items()}


def pretty(value: Json, margin: str = "") -> str:
    """JSON with short values on one line, which json.dumps cannot do."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (list, dict)) or (len(margin + line) <= 100 and margin):
        return line
    inner = margin + "  "
    if isinstance(value, list):
        return _enclosed("[]", [inner + pretty(item, inner) for item in value], margin)
    named = [f"{inner}{json.dumps(name)}: {pretty(item, inner)}" for name, item in value.items()]
    return _enclosed("{}", named, margin)


def _enclosed(brackets: str, lines: list[str], margin: str) -> str:
    return brackets[0] + "\n" + ",\n".join(lines) + "\n" + margin + brackets[1]


def write(path: Path, text: str) -> bool:
    """Replace the file whole, and only if it changes."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    draft = path.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
    return True


def main() -> None:
    update_golden()
    update_generated()


def update_generated() -> None:
    chosen = list(documents())
    pages = render_documents(chosen)
    changed = stored.save((document, facts(pages[document.name])) for document in chosen)
    print(f"{len(chosen)} generated documents: {len(changed)} changed", *changed[:10], sep="\n  ")


def update_golden() -> None:
    pages = render(GOLDEN)
    changed = 0
    for name, html in pages.items():
        text = pretty({**facts(html)}) + "\n"
        changed += write(GOLDEN / f"{name}.json", text)
    stale = [path for path in GOLDEN.glob("*.json") if path.stem not in pages]
    for path in stale:
        path.unlink()
    print(f"{len(pages)} golden cases: {changed} written, {len(stale)} removed")


if __name__ == "__main__":
    main()
