"""Hostile pages: pieces of the dialect nested, cut, repeated and mixed. None may raise, none may take long.

python -m tests.oracle.fuzz --pages 200000       render that many, and print what raises and what is slowest
python -m tests.oracle.fuzz --grow               repeat each piece more and more often, and print what grows too fast
python -m tests.oracle.fuzz --show 4711          print a page
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from random import Random
from time import process_time

from docsite.markup.placeholders import ANY_PLACEHOLDER
from tests.golden_case import convert_text
from tests.oracle import native
from tests.oracle.containers import CONTAINERS, Container
from tests.oracle.pieces import BLOCKS, INLINE

TOKENS = (
    *("{{", "}}", "{%", "%}", "{: ", "{:.a}", "{#", "}", "{", "{::", "{:/}", "{% raw %}", "{% endraw %}"),
    *("{% for x in (1..9) %}", "{% endfor %}", "{% if x %}", "{% else %}", "{% endif %}", "{% alert note %}"),
    *("{% endalert %}", "{% tabs %}", "{% tab A %}", "{% endtab %}", "{% endtabs %}", "{% details A %}"),
    *("{% enddetails %}", "{% include note.md %}", "{% comment %}", "{% endcomment %}", "{% capture x %}"),
    *(
        "<!--",
        "-->",
        "<div>",
        "</div>",
        '<div markdown="1">',
        "<pre>",
        "</pre>",
        "<a",
        "<",
        ">",
        "&",
        "<?",
        "<![CDATA[",
    ),
    *("```", "~~~", "````", "`", "``", "    ", "\t", "  ", "\n", "\n\n", "\n\n\n", "|", "|---|", "||", "---", "***"),
    *("===", "# ", "## ", "#", "- ", "* ", "+ ", "1. ", "1.", ": ", "> ", ">", "[", "]", "](", "](x)", "![", "[^1]"),
    *("[^1]: ", "[a]: x", "*[A]: b", "*", "**", "_", "__", "~~", "\\", '"', "'", "...", "--", "<<", ">>", "!!! note"),
    *(
        '=== "A"',
        "/// tab | A",
        "///",
        "??? note",
        "\u00a0",
        "\u202f",
        "é",
        "e\u0301",
        "🎉",
        "\u2028",
        "\x00",
        "a",
        "A B",
    ),
    *("<!-- docsite: ignore link-missing-page -->", "<!-- docsite: ignore", "{{site.baseurl}}/x/", "$$", "^", "\r"),
)
_PIECES = (*BLOCKS.values(), *native.BLOCKS.values(), *INLINE.values())
_CONTAINERS: tuple[Container, ...] = (*CONTAINERS.values(), *native.CONTAINERS.values())


@dataclass(frozen=True)
class Outcome:
    """What became of a page: CPU seconds, characters, and the exception or the placeholder left over."""

    number: int
    seconds: float
    size: int
    error: str = ""


def page(number: int) -> str:
    """The page of a number, the same on any machine."""
    random = Random(number)
    text = _mixed(random, random.randint(1, 6))
    for _ in range(random.randint(0, 3)):
        text = random.choice(_CHANGES)(random, text)
    return text[:6000]


def _mixed(random: Random, count: int) -> str:
    parts = []
    for _ in range(count):
        chosen = random.choice(_PIECES) if random.random() < 0.6 else _tokens(random)
        parts.append(chosen + random.choice(("\n", "\n\n", "\n", "")))
    return "".join(parts)


def _tokens(random: Random) -> str:
    return "".join(random.choices(TOKENS, k=random.randint(1, 8)))


def _cut(random: Random, text: str) -> str:
    start, stop = sorted(random.choices(range(len(text) + 1), k=2))
    return text[:start] + text[stop:] if random.random() < 0.5 else text[start:stop]


def _insert(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + _tokens(random) + text[at:]


def _nest(random: Random, text: str) -> str:
    return random.choice(_CONTAINERS).around(text)


def _repeat(random: Random, text: str) -> str:
    return text[:200] * random.randint(2, 30)


def _indent(random: Random, text: str) -> str:
    widths = (" " * random.randint(0, 5) for _ in text.splitlines())
    return "\n".join(width + line for width, line in zip(widths, text.splitlines(), strict=True))


def _swap(random: Random, text: str) -> str:
    lines = text.splitlines()
    random.shuffle(lines)
    return "\n".join(lines)


_CHANGES: tuple[Callable[[Random, str], str], ...] = (
    _cut,
    _cut,
    _insert,
    _insert,
    _nest,
    _nest,
    _repeat,
    _indent,
    _swap,
)


def outcome(number: int) -> Outcome:
    """Render the page of a number."""
    text = page(number)
    start = process_time()
    error = render_error(text, native=number % 2 == 1)
    return Outcome(number, process_time() - start, len(text), error)


def render_error(text: str, *, native: bool = False) -> str:
    """What a page must not do: raise, or leave a placeholder in its HTML."""
    try:
        html = convert_text(text, "fr", "page.md", native=native).html
    except Exception as error:  # noqa: BLE001 - that nothing raises is what is tested
        return f"{type(error).__name__}: {str(error)[:100]}"
    left = ANY_PLACEHOLDER.search(html)
    return f"placeholder {left[0]!r}" if left else ""


def calls(text: str) -> int:
    """How many functions rendering a page calls: a measure of time that is the same on each run."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        render_error(text, native=True)
    finally:
        sys.setprofile(before)
    return counted


def growing() -> Iterator[tuple[str, str]]:
    """Short texts to repeat, by name."""
    yield from ((f"token {token!r}", token) for token in TOKENS)
    yield from ((f"line {token!r}", f"{token}\n") for token in TOKENS)
    yield from ((f"block {name}", f"{text}\n\n") for name, text in {**BLOCKS, **native.BLOCKS}.items())
    yield from ((f"tight {name}", f"{text}\n") for name, text in {**BLOCKS, **native.BLOCKS}.items())
    yield from ((f"inline {name}", f"{text} ") for name, text in INLINE.items())


def _growth(named: tuple[str, str]) -> tuple[str, float, float]:
    """Seconds for many repetitions, and how often the time of four times fewer they are."""
    name, text = named
    times = []
    for count in (max(1, 4000 // len(text)), max(4, 16000 // len(text))):
        start = process_time()
        render_error(text * count, native=True)
        times.append(process_time() - start)
    return name, times[1], times[1] / max(times[0], 0.001)


def _report(outcomes: Iterable[Outcome]) -> None:
    every = list(outcomes)
    errors = Counter(one.error for one in every if one.error)
    slow = sorted(every, key=lambda one: one.seconds, reverse=True)
    print(f"{len(every)} pages, {sum(one.size for one in every)} characters, {sum(o.seconds for o in every):.1f} s CPU")
    print(f"{sum(errors.values())} with an error")
    for error, count in errors.most_common(20):
        print(f"  {count:6} {error}   e.g. {next(one.number for one in every if one.error == error)}")
    print(
        "slowest:",
        *(f"  {one.number}: {one.seconds * 1000:.0f} ms for {one.size} characters" for one in slow[:10]),
        sep="\n",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--from", type=int, default=0, dest="first", help="number of the first page")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--grow", action="store_true")
    parser.add_argument("--show", type=int)
    options = parser.parse_args()
    if options.show is not None:
        print(page(options.show))
        return
    with ProcessPoolExecutor(options.workers) as workers:
        if options.grow:
            for name, seconds, ratio in workers.map(_growth, growing()):
                if ratio > 6 and seconds > 0.1:
                    print(f"{name}: {seconds:.2f} s, {ratio:.1f} times the time of a fourth of it", flush=True)
        else:
            _report(workers.map(outcome, range(options.first, options.first + options.pages), chunksize=100))


if __name__ == "__main__":
    main()
