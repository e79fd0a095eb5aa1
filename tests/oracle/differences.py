"""Show where generated documents come out differently from Jekyll's.

python -m tests.oracle.differences                 count the differences, by block and by container
python -m tests.oracle.differences NAME ...        show documents (`top/*` for all that begin so)
python -m tests.oracle.differences --update        write open_differences.txt
python -m tests.oracle.differences --salt 7        compare another sample (needs Jekyll)
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from tests.oracle import stored, update
from tests.oracle.compare import Difference, Given, compare, lost, render
from tests.oracle.deliberate import reason_of
from tests.oracle.documents import Document, documents
from tests.oracle.facts import facts
from tests.oracle.native import alone, expected, native_documents

OPEN = Path(__file__).parent / "open_differences.txt"
Found = tuple[Document, Difference, str]
Result = TypeVar("Result")


def examine(given: Given) -> Found | None:
    """The difference of one document and the name of the deliberate kind it is of, if it is."""
    document, wanted = given
    difference = compare(given)
    return (document, difference, reason_of(document, wanted, difference)) if difference else None


def open_names() -> set[str]:
    """Documents that are known to differ and should not."""
    lines = OPEN.read_text("utf-8").splitlines() if OPEN.exists() else []
    return {line for line in lines if line and not line.startswith("#")}


def sample(salt: str) -> list[Given]:
    """Documents with the facts that Jekyll gives: the stored ones, or, for a salt, what it says now."""
    chosen = list(documents(salt))
    if not salt:
        known = stored.load()
        given: list[Given] = [(document, known[document.name][1]) for document in chosen]
    else:
        pages = update.render_documents(chosen)
        given = [(document, stored.shortened(facts(pages[document.name]))) for document in chosen]
    return [*given, *expected(native_documents(salt))]


def parallel(function: Callable[[Given], Result], given: Sequence[Given]) -> Iterator[Result]:
    """The function of each document and its facts, by two processes."""
    with ProcessPoolExecutor(2) as workers:
        yield from workers.map(function, given, chunksize=min(200, len(given) // 4 + 1))


def _count(found: list[Found], given: list[Given]) -> None:
    silent = [(document, difference) for document, difference, reason in found if not reason]
    wanted = {document.name: facts for document, facts in given}
    losing = [document for document, difference in silent if lost(wanted[document.name], difference.found)]
    print(
        f"{len(given)} documents: {len(given) - len(found)} equal, {len(found) - len(silent)} deliberately different,"
    )
    print(f"{len(silent)} to explain, {len(losing)} of them with words lost")
    for part in (0, 1):
        names = Counter(document.name.split("/")[part].rstrip("0123456789") for document, _ in silent)
        print("\n" + "  ".join(f"{name} {count}" for name, count in names.most_common(80)))


def _show(given: list[Given], patterns: list[str], limit: int) -> None:
    chosen = [one for one in given if any(fnmatchcase(one[0].name, pattern) for pattern in patterns)]
    chosen = chosen[:limit]
    pages = update.render_documents([document for document, _ in chosen if not document.native])
    for document, wanted in chosen:
        _show_one(document, wanted, pages.get(document.name) or alone(document))


def _show_one(document: Document, wanted: Mapping[str, Any], html: str) -> None:
    print(f"\n======== {document.name} ({document.language})\n{document.text}")
    found = examine((document, wanted))
    if not found:
        print("(equal)")
        return
    _, difference, reason = found
    print(f"-------- wanted\n{html}\n-------- ours\n{difference.ours}")
    print(f"-------- differ: {difference.facts} {difference.rules} lost: {lost(wanted, difference.found)} {reason}")
    if difference.facts == ("raises",):
        return
    for name in difference.facts:
        print(f"{name}\n  wanted {wanted.get(name)}\n  ours   {difference.found.get(name)}")
    print(*render(document).findings, sep="\n")


def _update(found: list[Found]) -> None:
    names = sorted(document.name for document, _, reason in found if not reason)
    head = "# Documents that differ from Jekyll's and are in no deliberate kind. Only ever remove lines:\n"
    head += "# python -m tests.oracle.differences --update\n"
    update.write(OPEN, head + "".join(f"{name}\n" for name in names))
    print(f"{OPEN.name}: {len(names)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--salt", default="")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--list", action="store_true", help="print the names of those that differ")
    parser.add_argument("--limit", type=int, default=20)
    options = parser.parse_args()
    given = sample(options.salt)
    if options.names:
        _show(given, options.names, options.limit)
        return
    found = list(filter(None, parallel(examine, given)))
    if options.list:
        print(*(f"{document.name} {reason or ','.join(d.facts)}" for document, d, reason in found), sep="\n")
    _count(found, given)
    if options.update and not options.salt:
        _update(found)


if __name__ == "__main__":
    main()
