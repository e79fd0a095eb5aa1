"""`python -m tests.mutation [SEED [EACH]]`: plant faults and print how many of each kind were found."""

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
    """Print the table; 1 when a fault was missed or something else was found."""
    start = time.perf_counter()
    folder = base.temporary()
    try:
        sources = base.Copy(base.SITE, folder / "sources")
        tree = base.Copy(base.built(folder / "mutation"), folder / "tree")
        print(f"{'kind':50} planted found\n{'-' * 64}")
        planted = found = 0
        complaints: list[str] = []
        for kind in in_sources.kinds():
            told = [in_sources.verdict(mutant, sources) for mutant in in_sources.mutants(kind, seed, each)]
            found += _row(kind, told, complaints)
            planted += len(told)
        for kind in in_tree.kinds():
            told = [in_tree.verdict(mutant, tree) for mutant in in_tree.mutants(kind, seed, each, tree)]
            found += _row(kind, told, complaints)
            planted += len(told)
    finally:
        shutil.rmtree(folder)
    print(f"{'-' * 64}\n{'all, with seed ' + str(seed):50} {planted:7} {found:5}  {time.perf_counter() - start:.1f} s")
    print("\n".join(complaints))
    return 1 if complaints else 0


def _row(kind: str, told: Iterable[str], complaints: list[str]) -> int:
    told = list(told)
    wrong = [one for one in told if one]
    complaints += wrong
    print(f"{kind:50} {len(told):7} {len(told) - len(wrong):5}{'  <--' if wrong else ''}")
    return len(told) - len(wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
