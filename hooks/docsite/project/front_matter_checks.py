"""Front matter that only the whole site can judge: old addresses, and files of the theme."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from docsite.config.site import MkDocsSite
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.likely_names import LikelyNames
from docsite.diagnostics.messages import make_message
from docsite.links.inventory import normalize_path
from docsite.links.redirects import find_alias_problem, redirect_file
from docsite.project.front_matter import theme_file
from docsite.project.project_page import ProjectPage


def check_aliases(pages: Sequence[ProjectPage], mkdocs: MkDocsSite) -> Iterator[Finding]:
    """Old addresses that two pages claim, or from which no redirect can be written."""
    listed = [(page, alias, position) for page in pages for _, alias, position in page.facts.aliases]
    if not listed:
        return
    served = {file.dest for files in mkdocs.files.values() for file in files.values() if not file.left_out}
    built = served.union(mkdocs.theme_pages)
    addresses = {(page.locale.code, page.target.path_in_language): page for page in pages}
    owners: dict[str, ProjectPage] = {}
    for page, alias, _ in listed:
        owners.setdefault(redirect_file(page.target.root, alias), page)
    for page, alias, position in listed:
        file = redirect_file(page.target.root, alias)
        owner = addresses.get((page.locale.code, normalize_path(alias)), owners[file])
        problem = None
        if owner is not page:
            problem = make_message("front-matter-alias", "taken", alias=alias, page=owner.path)
        elif file != page.served.dest:
            problem = find_alias_problem(alias, file, partial(_is_taken, file, built, owners))
        if problem:
            yield Finding(problem, page.facts.location(position), alias)


def _is_taken(own: str, built: Collection[str], redirects: Collection[str], path: str) -> bool:
    return path in built or (path != own and path in redirects)


def check_theme_files(pages: Iterable[ProjectPage], mkdocs: MkDocsSite) -> Iterator[Finding]:
    """Icons and templates that the theme does not have, which would end the build."""
    for page in pages:
        for key, value, position in page.facts.theme_files:
            known = [] if mkdocs.has_theme_file(theme_file(key, value)) else _known(mkdocs, key)
            if known:
                message = make_message("front-matter-type", key, value=value)
                yield Finding(message, page.facts.location(position), value, LikelyNames(known).find(value))


def _known(mkdocs: MkDocsSite, key: str) -> list[str]:
    """Every icon or template; none where the theme has none, or is not installed, and nothing can be said."""
    return mkdocs.theme_icons() if key == "icon" else mkdocs.theme_templates()
