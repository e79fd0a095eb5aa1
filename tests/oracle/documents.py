"""Documents of the dialect, made by rule: every block in every container, pairs of blocks, nested heaps, inline pieces.

The choice depends on nothing but the names and a salt, so that a document keeps its name and its text when others are
added. The stored facts of real Jekyll are of the salt ""; any other salt makes another sample of the same size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.oracle.containers import CONTAINERS, INLINE_PLACES, Container
from tests.oracle.pieces import BLOCKS, INLINE
from tests.oracle.pieces.words import filled, pick

LANGUAGES = ("en", "fr")
ATTRIBUTES = {
    "-": "{}",
    "a": "{}\n{{: .own #own-a}}",
    "p": "{}\n{{: data-x=\"y\" .own}}",
    "g": "{}\n\n{{: .own}}",
    "f": "{{: .own}}\n{}",
}  # fmt: skip
_ATTRIBUTES = "-----aapgf"
_NESTED = 400
_PAIRS = 2
_RARE = ("item-tab", "nested-4", "quote-quote", "item-quote", "numbered-alert", "quote-alert", "item-tabs", "tab-alert")
"""Containers that a sample tries with half of the blocks."""


@dataclass(frozen=True)
class Document:
    """A page to render; the name says how it was made.

    Attributes:
        native: whether Python-Markdown's extensions decide what it means, and not Jekyll.
    """

    name: str
    text: str
    language: str
    native: bool = False


def _language(name: str) -> str:
    return LANGUAGES[pick(f"{name}/language", 2)]


def _words(block: str, seed: str) -> str:
    """The text of a block; two documents in three have plain words, so that one error of typography hides no other."""
    return filled(BLOCKS[block], seed, _language(seed), plain=pick(f"{seed}/plain", 3) > 0)


def _joined(lead: str, before: str, block: str, after: str, tail: str) -> str:
    """The block between two texts: `b` with a blank line between, `t` without, `0` without that text."""
    gap = {"b": "\n\n", "t": "\n", "0": ""}
    return f"{lead if before != '0' else ''}{gap[before]}{block}{gap[after]}{tail if after != '0' else ''}"


def _margin(container: Container, seed: str) -> str:
    """The margin as the container wants it, or as a writer may put it: narrower, or up to five spaces wider."""
    extra = pick(f"{seed}/extra", 12)
    if extra > 5:
        return container.margin
    if container.free and pick(f"{seed}/free", 2):
        return " " * pick(f"{seed}/width", len(container.margin) + 6)
    return container.margin + " " * extra


def _placed(where: str, block: str, salt: str) -> Document:
    seed = f"{where}/{block}{salt}"
    container = CONTAINERS[where]
    before, after = "bbt0"[pick(f"{seed}/before", 4)], "bbt0"[pick(f"{seed}/after", 4)]
    attributes = _ATTRIBUTES[pick(f"{seed}/attributes", len(_ATTRIBUTES))]
    body = ATTRIBUTES[attributes].format(_words(block, seed))
    margin = _margin(container, seed)
    inside = container.around(_joined("Before it.", before, body, after, "After it."), margin)
    ending = ("\n\nEnd.\n", "\n", "\nEnd.\n")[pick(f"{seed}/ending", 3)]
    start = "Start.\n\n" if where == "top" or pick(f"{seed}/start", 2) else ""
    wide = "" if margin == container.margin else str(len(margin))
    return Document(f"{where}{wide}/{block}/{before}{after}{attributes}", start + inside + ending, _language(seed))


def _indented(block: str, salt: str) -> Iterator[Document]:
    """A block at the top of a page, at an indentation that keeps its meaning and at one that makes it code."""
    for width in (1 + pick(f"{block}{salt}", 3), 4 + pick(f"{block}{salt}", 2)):
        seed = f"indented/{block}/{width}{salt}"
        inside = Container(margin=" " * width).around(_words(block, seed))
        before = "bt"[pick(f"{seed}/before", 2)]
        text = _joined("Before it.", before, inside, "b", "After it.")
        yield Document(f"indented/{block}/{width}{before}", f"{text}\n", _language(seed))


def _pairs(first: str, salt: str) -> Iterator[Document]:
    """Blocks beside each other, with and without a blank line between."""
    for second in sorted(BLOCKS, key=lambda name: pick(f"{first}/{name}{salt}", 1 << 32))[:_PAIRS]:
        seed = f"pair/{first}/{second}{salt}"
        gap = "bt"[pick(f"{seed}/gap", 2)]
        text = _joined("Start.\n\n" + _words(first, seed), gap, _words(second, f"{seed}/2"), "b", "End.")
        yield Document(f"pair/{first}/{second}/{gap}", f"{text}\n", _language(seed))


def _heap(random: Random, depth: int, language: str) -> str:
    """A few blocks, some of them in containers that hold heaps themselves."""
    parts = []
    for _ in range(random.randint(1, 3)):
        if depth and random.random() < 0.6:
            container = CONTAINERS[random.choice(list(CONTAINERS))]
            parts.append(container.around(_heap(random, depth - 1, language)))
        else:
            block = random.choice(list(BLOCKS))
            parts.append(filled(BLOCKS[block], str(random.random()), language, plain=True))
    return "".join(part + random.choice(("\n\n", "\n\n", "\n")) for part in parts).rstrip("\n")


def _nested(number: int, salt: str) -> Document:
    name = f"nested/{number}"
    language = _language(f"{name}{salt}")
    text = _heap(Random(f"{name}{salt}"), 2, language)
    return Document(name, f"Start.\n\n{text}\n\nEnd.\n", language)


def _inline(piece: str, place: str) -> Document:
    text = INLINE[piece]
    if place in ("heading", "setext", "details-title"):
        text = text.replace("\n", " ")
    return Document(
        f"inline/{piece}/{place}",
        f"Start.\n\n{INLINE_PLACES[place].format(*[text] * 2)}\n\nEnd.\n",
        _language(f"inline/{piece}/{place}"),
    )


def _tried(where: str, block: str, salt: str) -> bool:
    return where not in _RARE or not pick(f"{where}/{block}{salt}/tried", 2)


def _fits(piece: str, place: str, salt: str) -> bool:
    """Half of the combinations a sample. A tag cannot hold Liquid."""
    if pick(f"{piece}/{place}{salt}", 2):
        return False
    return place != "details-title" or ("{%" not in INLINE[piece] and "{{" not in INLINE[piece])


def documents(salt: str = "") -> Iterator[Document]:
    """All documents of a salt, names and texts without repetition."""
    names: set[str] = set()
    for document in _all(salt):
        if document.name not in names:
            names.add(document.name)
            yield document


def _all(salt: str) -> Iterator[Document]:
    for block in BLOCKS:
        yield from (_placed(where, block, salt) for where in CONTAINERS if _tried(where, block, salt))
        yield from _indented(block, salt)
        yield from _pairs(block, salt)
    yield from (_inline(piece, place) for piece in INLINE for place in INLINE_PLACES if _fits(piece, place, salt))
    yield from (_nested(number, salt) for number in range(_NESTED))
