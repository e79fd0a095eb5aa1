"""What can be done to the published branch. Each function makes one commit or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mike import commands
from mike.app_version import version as mike_version
from mike.git_utils import Commit, FileInfo
from mike.versions import Versions

from docsite import __version__
from docsite.config.settings import Settings
from docsite.errors import PublishError
from docsite.publish import build, canonical_changes, mike_versions, preflight_check, root_files, sitemap_index
from docsite.publish.branch import Branch, Outcome
from docsite.publish.git import Repository
from docsite.publish.scratch_repo import BRANCH

SIGNATURE = f"docsite {__version__} with mike {mike_version}"
OPTIONS = {"branch": BRANCH, "message": SIGNATURE, "allow_empty": True}
"""For mike's own commits, which only the scratch repository sees."""


@dataclass(frozen=True)
class Deployment:
    """The site of a branch.

    Attributes:
        alias_type: how an alias shows its version: `symlink`, or `copy` for hosts that follow no symlinks.
        say: told what happens, a line at a time.
    """

    settings: Settings
    branch: Branch
    alias_type: str
    say: Callable[[str], None]


def publish(site: Deployment, version: str, title: str | None = None, aliases: Sequence[str] | None = None) -> Outcome:
    """Build and check what the working tree holds, and publish it as a version, new or anew.

    Args:
        aliases: None stands for the usual: `latest` for a release that is the newest.

    Raises:
        PublishError: nothing was published.
    """
    before = site.branch.state()
    known = mike_versions.read_versions(site.branch.repository, before.tip)
    if known.find(version) not in (None, (version,)):
        raise PublishError(f"“{version}” is an alias of {known.find(version)[0]}, and cannot be a version too.")
    chosen = mike_versions.default_aliases(known, version) if aliases is None else list(aliases)
    with TemporaryDirectory(prefix="docsite-") as folder:
        built = Path(folder, "site")
        _build(site, version, chosen, built)
        shown = f"{version} ({', '.join(chosen)})" if chosen else version
        message = f"Publish {shown} from {site.branch.repository.source()}\n\n{SIGNATURE}"

        def edit(copy: Repository) -> None:
            _deploy(site, copy, version, title, chosen, built)
            preflight_check.require_no_new_errors(site.settings, copy, before.tip, site.say)

        return site.branch.change(before, message, edit)


def _build(site: Deployment, version: str, aliases: Sequence[str], built: Path) -> None:
    site.say(f"Building {version} ...")
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
    before = site.branch.state()

    def edit(copy: Repository) -> None:
        known = mike_versions.read_versions(copy, BRANCH)
        mike_versions.require_version(known, name)
        with mike_versions.convert_mike_errors():
            commands.delete([name], **OPTIONS)
        _refuse_loss(known, mike_versions.read_versions(copy, BRANCH), name)
        _complete(site.settings, copy)
        preflight_check.new_problems(site.settings, copy, before.tip, site.say)

    return site.branch.change(before, f"Unpublish {name}\n\n{SIGNATURE}", edit)


def _refuse_loss(before: Versions, after: Versions, name: str) -> None:
    if not len(after):
        raise PublishError(f"{name} is the only version: without it there would be no site.")
    if mike_versions.LATEST in mike_versions.version_names(
        before
    ) and mike_versions.LATEST not in mike_versions.version_names(after):
        raise PublishError(
            f"Links to {mike_versions.LATEST}/ would lead nowhere without {name}. First let it show another version: "
            f"docsite alias VERSION {mike_versions.LATEST}"
        )


def alias(site: Deployment, version: str, name: str) -> Outcome:
    """Let an alias, new or old, show a version.

    Raises:
        PublishError: there is no such version, or the alias is one itself.
    """
    before = site.branch.state()
    kind = commands.AliasType[site.alias_type]

    def edit(copy: Repository) -> None:
        known = mike_versions.read_versions(copy, BRANCH)
        shown = str(mike_versions.require_version(known, version).version)
        with mike_versions.convert_mike_errors():
            if len(known.find(name) or ()) == 2:
                commands.delete([name], **OPTIONS)
            commands.alias({}, shown, [name], False, kind, **OPTIONS)
        _complete(site.settings, copy)
        preflight_check.new_problems(site.settings, copy, before.tip, site.say)

    return site.branch.change(before, f"Let {name} show {version}\n\n{SIGNATURE}", edit)


def rollback(site: Deployment, commit: str) -> Outcome:
    """Bring back an earlier state of the whole branch, as a new commit.

    Args:
        commit: of the published branch; "" is the one before the last.

    Raises:
        PublishError: there is no such state.
    """
    before = site.branch.state()
    repository = site.branch.repository
    wanted = repository.commit(commit or f"{before.tip}~1")
    if not wanted or not mike_versions.version_names(mike_versions.read_versions(repository, wanted)):
        raise PublishError(
            f"{commit or 'The state before the last'} is no earlier state of {site.branch.name} that this clone knows. "
            f"See: git log {site.branch.name}. In a shallow clone first: git fetch --unshallow"
        )

    def edit(copy: Repository) -> None:
        copy("update-ref", f"refs/heads/{BRANCH}", wanted)

    return site.branch.change(before, f"Roll back to {repository('rev-parse', '--short', wanted)}\n\n{SIGNATURE}", edit)


def _complete(settings: Settings, copy: Repository) -> None:
    """Add what mike does not write; a function of the versions alone, so that it is right after every change."""
    known = mike_versions.read_versions(copy, BRANCH)
    _write(canonical_changes.canonical_changes(copy, settings.site_url, known))
    sitemaps = sitemap_index.render_sitemap_index(copy, settings.site_url, known)
    texts = root_files.render_root_files(
        root_files.RootContext(
            settings.site_url,
            mike_versions.default_version(known),
            mike_versions.version_names(known),
            sitemaps,
            settings.locales,
        )
    )
    listed = {commands.versions_file: mike_versions.versions_to_json(known)}
    _write((FileInfo(name, text) for name, text in {**texts, **listed}.items()), root_files.NAMES)


def _write(files: Iterable[FileInfo], stale: Iterable[str] = ()) -> None:
    with mike_versions.convert_mike_errors(), Commit(**OPTIONS) as commit:
        commit.delete_files(stale)
        for file in files:
            commit.add_file(file)
