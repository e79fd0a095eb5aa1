"""A version built strictly and checked, before the published branch is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from mike.mkdocs_utils import docs_version_var
from selectolax.lexbor import LexborHTMLParser

from docsite._util.exit_reason import exit_reason
from docsite.built_site import check_site
from docsite.config.settings import Settings
from docsite.diagnostics import baseline
from docsite.diagnostics.findings import has_errors
from docsite.diagnostics.rules import Severity
from docsite.publish.publish_messages import publish_error


def build_version(settings: Settings, version: str, folder: Path) -> None:
    """Build a version into a folder; MkDocs' log goes to standard error.

    Raises:
        PublishError: the build failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", settings.config_file, "-d", folder],
        env={"NO_MKDOCS_2_WARNING": "1"} | os.environ | {docs_version_var: version},
        stdin=subprocess.DEVNULL,
        stdout=2,  # standard error
        check=False,
    )
    if done.returncode < 0:
        raise publish_error("build-ended", reason=exit_reason(done.returncode))
    if done.returncode:
        raise publish_error("build-failed")


def check_version(
    settings: Settings, version: str, canonical: Iterable[str], folder: Path, say: Callable[[str], None]
) -> None:
    """Check a built version as `docsite check-site` does.

    Args:
        canonical: the folders that its pages may say they are in.

    Raises:
        PublishError: it has errors, all of which have been reported.
    """
    _require_own_address(settings.site_url, canonical, folder)
    found = check_site.check_site(folder, replace(settings, site_url=f"{settings.site_url}{version}/")).findings
    # Links to other versions are judged with them, in the check before the branch moves.
    found = [finding for finding in found if finding.rule != "link-outside"]
    found = baseline.unknown_findings(settings.baseline, "check-site", found)
    for finding in found:
        say(str(finding))
    if has_errors(found):
        count = sum(finding.severity is Severity.ERROR for finding in found)
        raise publish_error("site-error") if count == 1 else publish_error("site-errors", count=count)


def _require_own_address(site_url: str, canonical: Iterable[str], folder: Path) -> None:
    """Raise for pages that do not know their version, as happens without mike's plugin."""
    home = folder / "index.html"
    link = LexborHTMLParser(home.read_bytes()).css_first("link[rel=canonical]") if home.is_file() else None
    address = str(link.attributes.get("href")) if link is not None else ""
    if address and not any(address.startswith(f"{site_url}{name}/") for name in canonical):
        raise publish_error("no-own-address", address=address)
