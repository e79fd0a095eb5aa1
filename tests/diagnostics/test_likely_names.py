"""What a wrong path or id probably stands for: the right one, or none."""

from __future__ import annotations

import pytest

from docsite.diagnostics.likely_names import LikelyNames
from tests.diagnostics.suggestion_cases import Count, anchors, cases, likely, measure

TREE = (
    "/", "/setup/", "/ios/push/", "/android/push/", "/android/idfa_consent/", "/android/analytics/", "/ios/analytics/",
    "/user_guide/rate_limits/", "/user_guide/segments/", "/releases/2024/", "/releases/2025/", "/guides/été/",
    "/guides/content_cards/", "/api/keys/",
)  # fmt: skip
MEANT = {
    "/stepu/": "", "/setpu/": "/setup/", "/Setup/": "/setup/", "/user_guide/rate_limit/": "/user_guide/rate_limits/",
    "/user-guide/rate-limits/": "/user_guide/rate_limits/", "/user_guide/ratelimits/": "/user_guide/rate_limits/",
    "/user_guide/limits/": "/user_guide/rate_limits/", "/user_guide/segmnets/": "/user_guide/segments/",
    "/user_gudie/segemnts/": "/user_guide/segments/", "/segments/": "",
    "/help/rate_limits/": "", "/archive/rate_limits/": "/user_guide/rate_limits/", "/ios/idfa_consent/": "",
    "/web/push/": "", "/web/analytics/": "", "/releases/2023/": "", "/releases/2024/notes/": "",
    "/guides/ete/": "/guides/été/",
    "/guides/contentcards/": "/guides/content_cards/", "/guides/banner_cards/": "", "/api/kyes/": "/api/keys/",
    "/api/key/": "/api/keys/", "/api/": "", "": "", "/?/": "", "/nowhere/at/all/": "",
}  # fmt: skip


@pytest.mark.parametrize("wanted", MEANT)
def test_what_is_meant(wanted: str) -> None:
    names = (*TREE, "/help/rate_limiting/")
    assert LikelyNames(names).find(wanted) == MEANT[wanted]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("images/lgoo.svg", "images/logo.svg"), ("images/logo.png", ""), ("images/logo-dark.svg", ""),
        ("logo.svg", ""),
        ("images/step-2.svg", ""), ("IMAGES/LOGO.SVG", "images/logo.svg"), ("images/x.svg", ""),
    ],
)  # fmt: skip
def test_files(wanted: str, found: str) -> None:
    assert LikelyNames(["images/logo.svg", "images/step-1.svg", "images/y.svg", "files/plan.txt"]).find(wanted) == found


def test_never_the_page_that_asks() -> None:
    names = LikelyNames(["en/start.md", "en/other.md"])
    assert names.find("en/strat.md") == "en/start.md"
    assert names.find("en/strat.md", but="en/start.md") == ""
    assert LikelyNames(["en/start.md"]).find("en/more/start.md", but="en/start.md") == ""


def test_of_several_that_are_as_near_none() -> None:
    assert LikelyNames(["/card/", "/cart/"]).find("/carx/") == ""


def test_order_means_nothing() -> None:
    assert {LikelyNames(order).find("/setpu/") for order in (TREE, TREE[::-1])} == {"/setup/"}


def test_nine_of_ten_that_are_shown_are_right() -> None:
    """The table: `python -m tests.diagnostics.suggestion_cases`."""
    counts = measure([*cases(each=12), *anchors(each=12)], likely)
    total = Count(*map(sum, zip(*counts.values(), strict=True)))
    assert total.cases > 90
    assert total.right >= 0.9 * total.shown
    assert total.shown >= 0.5 * total.cases
    for kind in ("mistyped", "anchor mistyped", "renamed: signs", "renamed: singular, plural"):
        assert counts[kind].right >= 0.9 * counts[kind].cases, kind
    assert counts["deleted"].shown <= 1
