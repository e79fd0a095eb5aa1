"""What can be done to the published branch. Each function makes one commit or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mike import commands
from mike.app_version import version as mike_version
from mike.git_utils import Commit, FileInfo
from mike.versions import Versions

from docsite import __version__
from docsite._util.interruption import temporary_folder
from docsite.built_site import security_headers
from docsite.config.settings import Settings
from docsite.publish import build, canonical_changes, mike_versions, preflight_check, root_files, sitemap_index
from docsite.publish.branch import Branch, Outcome, State
from docsite.publish.git import Repository
from docsite.publish.publish_messages import note, publish_error
from docsite.publish.scratch_repo import BRANCH

SIGNATURE = f"docsite {__version__} with mike {mike_version}"
OPTIONS = {"branch": BRANCH, "message": SIGNATURE, "allow_empty": True}
"""For mike's own commits, which only the scratch repository sees."""


@dataclass(frozen=True)
class Deployment:
    """The site of a branch.

    Attributes:
        alias_type: how an alias shows its version: `symlink`, or `copy` for hosts that follow no symlinks.
        say: takes the progress, a line at a time.
    """

    settings: Settings
    branch: Branch
    alias_type: str
    say: Callable[[str], None]


def publish(site: Deployment, version: str, title: str | None = None, aliases: Sequence[str] | None = None) -> Outcome:
    """Build and check what the working tree holds, and publish it as a new version, or again.

    Args:
        aliases: None stands for the usual: `latest` for a release that is the newest.

    Raises:
        PublishError: nothing was published.
    """
    before = site.branch.state()
    versions = mike_versions.read_versions(site.branch.repository, before.tip)
    if versions.find(version) not in (None, (version,)):
        raise publish_error("is-alias", name=version, version=str(versions.find(version)[0]))
    chosen = mike_versions.default_aliases(versions, version) if aliases is None else list(aliases)
    mike_versions.require_free_aliases(versions, version, chosen)
    with temporary_folder() as folder:
        built = folder / "site"
        _build(site, version, chosen, built)
        shown = f"{version} ({', '.join(chosen)})" if chosen else version
        message = f"Publish {shown} from {site.branch.repository.describe_source()}\n\n{SIGNATURE}"

        def edit(copy: Repository) -> None:
            _deploy(site, copy, version, title, chosen, built)
            preflight_check.require_no_new_errors(site.settings, copy, before.tip, site.branch.name, site.say)

        return site.branch.commit_change(before, message, edit)


def _build(site: Deployment, version: str, aliases: Sequence[str], built: Path) -> None:
    site.say(note("building", version=version))
    build.build_version(site.settings, version, built)
    build.check_version(site.settings, version, {version, *aliases, mike_versions.LATEST}, built, site.say)


def _deploy(
    site: Deployment, copy: Repository, version: str, title: str | None, aliases: Sequence[str], built: Path
) -> None:
    config = {"site_dir": str(built), "use_directory_urls": site.settings.use_directory_urls}
    kind = commands.AliasType[site.alias_type]
    with mike_versions.convert_mike_errors(), commands.deploy(config, version, title, aliases, True, kind, **OPTIONS):
        pass
    _complete(site.settings, copy)


def unpublish(site: Deployment, name: str) -> Outcome:
    """Delete a version and its aliases, or one alias alone.

    Raises:
        PublishError: there is no such version, or readers would have nowhere to go.
    """
    before = _published_state(site)

    def edit(copy: Repository) -> None:
        versions = mike_versions.read_versions(copy, BRANCH)
        mike_versions.require_version(versions, name)
        with mike_versions.convert_mike_errors():
            commands.delete([name], **OPTIONS)
        _require_latest(versions, mike_versions.read_versions(copy, BRANCH), name)
        _complete(site.settings, copy)
        preflight_check.new_problems(site.settings, copy, before.tip, site.branch.name, site.say)

    return site.branch.commit_change(before, f"Unpublish {name}\n\n{SIGNATURE}", edit)


def _require_latest(before: Versions, after: Versions, name: str) -> None:
    if not len(after):
        raise publish_error("only-version", name=name)
    latest = mike_versions.LATEST
    if latest in mike_versions.version_names(before) and latest not in mike_versions.version_names(after):
        raise publish_error("latest-needed", name=name, latest=latest)


def alias(site: Deployment, version: str, name: str) -> Outcome:
    """Let an alias, new or old, show a version.

    Raises:
        PublishError: there is no such version, or the alias is one itself.
    """
    before = _published_state(site)
    kind = commands.AliasType[site.alias_type]

    def edit(copy: Repository) -> None:
        versions = mike_versions.read_versions(copy, BRANCH)
        shown = str(mike_versions.require_version(versions, version).version)
        mike_versions.require_free_aliases(versions, shown, [name])
        with mike_versions.convert_mike_errors():
            if len(versions.find(name) or ()) == 2:
                commands.delete([name], **OPTIONS)
            commands.alias({}, shown, [name], False, kind, **OPTIONS)
        _complete(site.settings, copy)
        preflight_check.new_problems(site.settings, copy, before.tip, site.branch.name, site.say)

    return site.branch.commit_change(before, f"Let {name} show {version}\n\n{SIGNATURE}", edit)


def rollback(site: Deployment, commit: str) -> Outcome:
    """Bring back an earlier state of the whole branch, as a new commit.

    Args:
        commit: of the published branch; "" is the one before the last.

    Raises:
        PublishError: there is no such state.
    """
    before = _published_state(site)
    repository = site.branch.repository
    wanted = repository.commit(commit or f"{before.tip}~1")
    if not wanted or not mike_versions.version_names(mike_versions.read_versions(repository, wanted)):
        if commit:
            raise publish_error("no-commit", commit=commit, branch=site.branch.name)
        raise publish_error("no-earlier", branch=site.branch.name)

    def edit(copy: Repository) -> None:
        copy("update-ref", f"refs/heads/{BRANCH}", wanted)

    return site.branch.commit_change(
        before, f"Roll back to {repository('rev-parse', '--short', wanted)}\n\n{SIGNATURE}", edit
    )


def _published_state(site: Deployment) -> State:
    """Where the branch is, which must exist."""
    state = site.branch.state()
    if not state.tip:
        raise publish_error("nothing-published", branch=site.branch.name)
    return state


def _complete(settings: Settings, copy: Repository) -> None:
    """Add what mike does not write; a function of the versions alone, so that it is right after every change."""
    versions = mike_versions.read_versions(copy, BRANCH)
    _write(canonical_changes.canonical_changes(copy, settings.site_url, versions))
    sitemaps = sitemap_index.render_sitemap_index(copy, settings.site_url, versions)
    texts = root_files.render_root_files(
        root_files.RootContext(
            settings.site_url,
            mike_versions.default_version(versions),
            mike_versions.version_names(versions),
            mike_versions.shown_versions(versions),
            sitemaps,
            _headers(copy, versions) if settings.security_headers else (),
            settings.locales,
        )
    )
    listed = {commands.versions_file: mike_versions.versions_to_json(versions)}
    _write((FileInfo(name, text) for name, text in {**texts, **listed}.items()), root_files.NAMES)


def _headers(copy: Repository, versions: Versions) -> list[str]:
    """The file of headers of each version that has one."""
    paths = [f"{version.version}/{security_headers.FILE}" for version in versions]
    return [copy("show", f"{BRANCH}:{path}") for path in paths if copy("ls-tree", BRANCH, path)]


def _write(files: Iterable[FileInfo], stale: Iterable[str] = ()) -> None:
    with mike_versions.convert_mike_errors(), Commit(**OPTIONS) as commit:
        commit.delete_files(stale)
        for file in files:
            commit.add_file(file)
