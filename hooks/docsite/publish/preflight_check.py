"""The whole new state of the branch, checked against the rules of a published tree before anybody sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from docsite.built_site import check_site
from docsite.config.settings import Settings
from docsite.diagnostics import baseline
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.rules import Severity, matches_rule
from docsite.publish import checkout
from docsite.publish.git import Repository
from docsite.publish.publish_messages import note, publish_error
from docsite.publish.scratch_repo import BRANCH


def new_problems(settings: Settings, copy: Repository, before: str, branch: str, say: Callable[[str], None]) -> bool:
    """Report what is wrong with the new state and was not with the one before; returns whether any is an error.

    Of warnings only those about versions are reported; the others were reported when the version was built.

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
        say(note("known-problems" if known > 1 else "known-problem", branch=branch, count=known))
    return any(finding.severity is Severity.ERROR for finding in new)


def require_no_new_errors(
    settings: Settings, copy: Repository, before: str, branch: str, say: Callable[[str], None]
) -> None:
    """As `new_problems`, for a change that errors are to stop.

    Raises:
        PublishError: there are new errors, all of which have been reported.
    """
    if new_problems(settings, copy, before, branch, say):
        raise publish_error("new-errors")


def _findings(settings: Settings, copy: Repository, commit: str) -> list[Finding]:
    with checkout.checked_out(copy, commit) as folder:
        found = check_site.check_site(folder, settings, names_from=folder).findings
    return [one for one in found if one.severity is Severity.ERROR or matches_rule(one.rule, ("version",))]
