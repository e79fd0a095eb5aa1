"""What can be said of an address by itself."""

from __future__ import annotations

import pytest

from docsite._util.addresses import find_address_problem


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("mailto:a@b.example", ""),
        ("mailto:%61%40b.example", ""),
        ("mailto:?subject=x", ""),
        ("mailto:", "no-mailbox"),
        ("mailto:%61b.example", "no-mailbox"),
        ("tel:+331", ""),
        ("tel:%2B331", ""),
        ("tel:%2Babc", "no-number"),
    ],
)
def test_mailboxes_and_numbers(address: str, problem: str) -> None:
    found = find_address_problem(address)
    assert (found.key if found else "") == problem
