"""`python -m tests.mutation [SEED [EACH]]`: plant errors and print how many of each kind were found."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable

from tests.mutation import base
from tests.mutation import sources as in_sources
from tests.mutation import tree as in_tree
from tests.mutation.planted import SEED


def main(seed: int = SEED, each: int = 3) -> int:
    """Print the table; 1 when an error was missed or something else was found."""
    start = time.perf_counter()
    folder = base.temporary()
    try:
        sources = base.Copy(base.SITE, folder / "sources")
        tree = base.Copy(base.built(folder / "mutation"), folder / "tree")
        print(f"{'kind':50} planted found\n{'-' * 64}")
        planted = found = 0
        complaints: list[str] = []
        for kind in in_sources.kinds():
            verdicts = base.verdicts(in_sources.mutants(kind, seed, each), sources, base.check_sources)
            found += _row(kind, verdicts, complaints)
            planted += len(verdicts)
        for kind in in_tree.kinds():
            verdicts = base.verdicts(in_tree.mutants(kind, seed, each, tree), tree, base.check_tree)
            found += _row(kind, verdicts, complaints)
            planted += len(verdicts)
    finally:
        shutil.rmtree(folder)
    print(f"{'-' * 64}\n{'all, with seed ' + str(seed):50} {planted:7} {found:5}  {time.perf_counter() - start:.1f} s")
    print("\n".join(complaints))
    return 1 if complaints else 0


def _row(kind: str, verdicts: Iterable[str], complaints: list[str]) -> int:
    verdicts = list(verdicts)
    wrong = [one for one in verdicts if one]
    complaints += wrong
    print(f"{kind:50} {len(verdicts):7} {len(verdicts) - len(wrong):5}{'  <--' if wrong else ''}")
    return len(verdicts) - len(wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
