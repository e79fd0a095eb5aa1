"""The whole new state of the branch, held against the rules of a published tree before anybody sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from docsite.built_site import check_site
from docsite.config.settings import Settings
from docsite.diagnostics import baseline
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.rules import Severity, matches_rule
from docsite.errors import PublishError
from docsite.publish import checkout
from docsite.publish.git import Repository
from docsite.publish.scratch_repo import BRANCH


def new_problems(settings: Settings, copy: Repository, before: str, say: Callable[[str], None]) -> bool:
    """Say what is wrong with the new state and was not with the one before; returns whether any of it is an error.

    Of what is no error only that is said which concerns versions; the rest was said of the version when it was built.

    Args:
        before: the commit that the branch was at, or "".
    """
    found = _findings(settings, copy, copy.commit(BRANCH))
    if not found:
        return False
    old = Counter(map(baseline.make_entry, _findings(settings, copy, before))) if before else Counter()
    new = baseline.compare_findings(found, old, lambda _entry: False).new
    for finding in new:
        say(str(finding))
    known = len(found) - len(new)
    if known:
        what = "1 fault of the published tree is" if known == 1 else f"{known} faults of the published tree are"
        say(f"{what} not new. To see all: docsite check-site --branch NAME")
    return any(finding.severity is Severity.ERROR for finding in new)


def require_no_new_errors(settings: Settings, copy: Repository, before: str, say: Callable[[str], None]) -> None:
    """As `hold`, for a change that errors are to stop.

    Raises:
        PublishError: there are new errors, all of which have been said.
    """
    if new_problems(settings, copy, before, say):
        raise PublishError("With this change the published tree would have new faults, so nothing was published.")


def _findings(settings: Settings, copy: Repository, commit: str) -> list[Finding]:
    with checkout.checked_out(copy, commit) as folder:
        found = check_site.check_site(folder, settings, names_from=folder).findings
    return [one for one in found if one.severity is Severity.ERROR or matches_rule(one.rule, ("version",))]
