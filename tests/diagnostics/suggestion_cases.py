"""Wrong paths and ids whose right ones are known: `python -m tests.diagnostics.suggestion_cases [PAGES [EACH]]`.

The tree has what makes guessing hard: the same pages for several platforms, channels and years.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from docsite.diagnostics.likely_names import LikelyNames

PLATFORMS = ("android", "ios", "web", "unity", "flutter", "react_native", "roku", "windows")
CHANNELS = ("push", "email", "sms", "in_app_messages", "content_cards", "whatsapp", "webhooks", "banners")
TOPICS = (
    *("integration", "analytics", "initial_setup", "deep_linking", "troubleshooting", "testing", "advanced_use_cases"),
    *(
        "user_attributes",
        "custom_events",
        "purchase_tracking",
        "location_tracking",
        "push_stories",
        "rich_notifications",
    ),
    *("idfa", "rate_limits", "localization", "opt_in_prompts", "silent_push", "message_archiving", "frequency_capping"),
)
AREAS = ("user_guide", "developer_guide", "api", "partners", "help")
OBJECTS = (
    *(
        "campaigns",
        "segments",
        "canvases",
        "templates",
        "catalogs",
        "connected_content",
        "liquid",
        "reporting",
        "events",
    ),
    *(
        "exports",
        "subscription_groups",
        "preference_center",
        "feature_flags",
        "data_points",
        "messages",
        "users",
        "keys",
    ),
)
VERBS = ("create", "delete", "update", "list", "schedule", "export", "duplicate", "merge", "identify", "send")
SYNONYMS = {
    "setup": "installation", "troubleshooting": "faq", "testing": "quality_checks", "create": "build",
    "delete": "remove",
    "integration": "getting_started", "reporting": "metrics", "localization": "languages", "update": "edit",
}  # fmt: skip


class Case(NamedTuple):
    """A wrong name among the names that there are, and what it should be; "" where nothing is right."""

    kind: str
    wrong: str
    right: str
    names: tuple[str, ...]


def tree() -> list[str]:
    """The pages of a large documentation."""
    pages = [f"/developer_guide/{p}/{t}/" for p in PLATFORMS for t in TOPICS if (len(p) + len(t)) % 5]
    pages += [f"/user_guide/{c}/{t}/" for c in CHANNELS for t in TOPICS if (len(c) * 3 + len(t)) % 4]
    pages += [f"/api/endpoints/{o}/{v}_{o}/" for o in OBJECTS for v in VERBS if (len(o) + len(v)) % 3]
    pages += [f"/{a}/{o}/" for a in AREAS for o in OBJECTS if (len(a) + len(o)) % 4]
    pages += [f"/help/release_notes/{year}/{month}/" for year in range(2019, 2026) for month in ("spring", "fall")]
    pages += [
        f"/partners/data/{name}/" for name in ("amplitude", "segment", "snowflake", "mparticle", "heap", "looker")
    ]
    return sorted(set(pages))


def mistyped(dice: random.Random, path: str) -> str:
    """The path with a slip in one of its words: two letters swapped, one left out, doubled, or another key hit."""
    words = [(at, word) for at, word in _words(path) if len(word) > 3 and word.isalpha()]
    at, word = dice.choice(words)
    spot = dice.randrange(len(word) - 1)
    slip = dice.choice((
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
        word[:spot] + word[spot + 1 :],
        word[:spot] + word[spot] + word[spot:],
        word[:spot] + chr(97 + (ord(word[spot]) - 97 + dice.randrange(1, 25)) % 26) + word[spot + 1 :],
    ))  # fmt: skip
    return path[:at] + slip + path[at + len(word) :]


def _words(path: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in path.replace("_", "/").replace("-", "/").split("/"):
        yield at, word
        at += len(word) + 1


def _qualified(dice: random.Random, path: str) -> str:
    folder, _, name = path.rstrip("/").rpartition("/")
    return f"{folder}/{dice.choice(('about', 'using', 'new', 'basic'))}_{name}/"


def _renamed_word(_dice: random.Random, path: str) -> str:
    return next((path.replace(old, new, 1) for old, new in SYNONYMS.items() if old in path), "")


def _signs(_dice: random.Random, path: str) -> str:
    return path.replace("_", "-")


def _number(_dice: random.Random, path: str) -> str:
    folder, _, name = path.rstrip("/").rpartition("/")
    return f"{folder}/{name.removesuffix('s') if name.endswith('s') else f'{name}s'}/"


def _moved(dice: random.Random, path: str) -> str:
    folder, _, name = path.rstrip("/").rpartition("/")
    first = dice.choice(("/guides", "/platform", "/archive/2024", folder.rpartition("/")[0] + "/more"))
    return f"{first}/{name}/"


RENAMES: dict[str, Callable[[random.Random, str], str]] = {
    "renamed: word added": _qualified,
    "renamed: another word": _renamed_word,
    "renamed: signs": _signs,
    "renamed: singular, plural": _number,
    "renamed: another folder": _moved,
}


def cases(each: int, seed: int = 7, pages: Iterable[str] | None = None) -> Iterator[Case]:
    """So many cases of each kind."""
    known = tuple(tree() if pages is None else pages)
    dice = random.Random(seed)
    for _ in range(each):
        right = dice.choice(known)
        wrong = mistyped(dice, right)
        if wrong not in known:
            yield Case("mistyped", wrong, right, known)
            yield Case("mistyped twice", mistyped(dice, wrong), right, known)
    for kind, rename in RENAMES.items():
        for old in dice.sample(known, min(len(known), 3 * each))[:each]:
            new = rename(dice, old)
            if new and new != old and new not in known:
                yield Case(kind, old, new, (*(name for name in known if name != old), new))
    for old in dice.sample(known, min(len(known), each)):
        yield Case("deleted", old, "", tuple(name for name in known if name != old))


def anchors(each: int, seed: int = 7) -> Iterator[Case]:
    """The same for the ids of a page."""
    dice = random.Random(seed)
    for _ in range(each):
        words = dice.sample([*TOPICS, *OBJECTS, *(f"{verb}_{word}" for verb in VERBS for word in OBJECTS)], 14)
        ids = tuple(word.replace("_", "-") for word in (*words, "step-1-keys", "step-2-events", "step-3-tests"))
        right = dice.choice([name for name in ids if len(name) > 4])
        yield Case("anchor mistyped", mistyped(dice, right), right, ids)
        yield Case("anchor deleted", right, "", tuple(name for name in ids if name != right))


class Count(NamedTuple):
    """How many cases there were, to how many there was an answer, and how many answers were right."""

    cases: int
    shown: int
    right: int


def measure(listed: Iterable[Case], find: Callable[[Case], str]) -> dict[str, Count]:
    """What `find` answers, by kind."""
    counts: dict[str, Count] = {}
    for case in listed:
        found = find(case)
        before = counts.get(case.kind, Count(0, 0, 0))
        counts[case.kind] = Count(
            before.cases + 1, before.shown + bool(found), before.right + (bool(found) and found == case.right)
        )
    return counts


def likely(case: Case) -> str:
    """What is suggested."""
    return LikelyNames(case.names).find(case.wrong)


def main(each: int = 60) -> None:
    """Print the table."""
    counts = measure([*cases(each), *anchors(each)], likely)
    print(f"{'kind':28} {'cases':>6} {'shown':>6} {'right':>6} {'of shown':>9}")
    total = Count(*map(sum, zip(*counts.values(), strict=True)))
    for kind, count in (*counts.items(), ("all", total)):
        share = f"{100 * count.right / count.shown:8.1f}%" if count.shown else "        -"
        print(f"{kind:28} {count.cases:6} {count.shown:6} {count.right:6} {share}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
