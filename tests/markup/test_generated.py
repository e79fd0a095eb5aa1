"""Generated documents mean what real Jekyll makes of them, or differ on purpose (see tests/oracle).

One document in four is rendered, more than 3,000; `ALL_DOCUMENTS=1 make test` renders them all.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from tests.oracle import stored
from tests.oracle.compare import Given
from tests.oracle.deliberate import DELIBERATE
from tests.oracle.differences import examine, open_names, sample
from tests.oracle.documents import documents

EVERY = 1 if os.environ.get("ALL_DOCUMENTS") else 4
PARTS = 16 // EVERY
RENEW = "python -m tests.oracle.differences --update"


@cache
def given() -> list[Given]:
    return sample("")


def test_the_facts_are_of_the_documents_made_today() -> None:
    made = {document.name: stored.checksum(document) for document in documents()}
    assert len(made) >= 3000
    assert made == {name: checksum for name, (checksum, _) in stored.load().items()}, "run `make oracle`"


@pytest.mark.parametrize("part", range(PARTS))
def test_documents_mean_what_jekyll_makes_of_them(part: int) -> None:
    documents = given()[::EVERY][part::PARTS]
    found = filter(None, map(examine, documents))
    differing = {document.name: str(difference) for document, difference, reason in found if not reason}
    known = open_names() & {document.name for document, _ in documents}
    worse = {name: difference[:300] for name, difference in differing.items() if name not in known}
    assert not worse, f"{len(worse)} documents got worse: python -m tests.oracle.differences {next(iter(worse))}"
    better = known - set(differing)
    assert not better, f"{len(better)} documents are no longer different, as {min(better)}: run {RENEW}"


@pytest.mark.parametrize("kind", DELIBERATE)
def test_a_deliberate_difference_is_needed(kind: str) -> None:
    (example,) = [one for one in given() if one[0].name == DELIBERATE[kind].example]
    found = examine(example)
    assert found
    assert found[2] == kind
