"""A repository of its own for mike, which moves its branch several times and knows no going back.

It shares the project's objects, so that what it commits is there at once; its branches are its own. Whatever happens in
it, the project's branches stay where they are.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from docsite._util.interruption import temporary_folder
from docsite.publish.git import Repository, git

BRANCH = "docsite-publishing"
_HARMFUL = ("GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_COMMON_DIR", "GIT_PREFIX")


@contextmanager
def open_scratch_repo(project: Repository, tip: str) -> Iterator[Repository]:
    """Within the block, git commands of this process act on the scratch repository, whose BRANCH starts at `tip`."""
    form, shallow = project("rev-parse", "--show-object-format"), project.path("shallow")
    objects = project.path("objects")
    with temporary_folder() as folder:
        variables = {
            "GIT_DIR": str(folder),
            "GIT_OBJECT_DIRECTORY": str(objects),
            "GIT_COMMITTER_NAME": "docsite",
            "GIT_COMMITTER_EMAIL": "docsite@localhost",
        }
        with _environment(variables):
            git(folder, "init", "--bare", "--quiet", "--template=", f"--object-format={form}")
            # Without this mike misreads names that are not ASCII.
            git(folder, "config", "core.quotePath", "false")
            if shallow.exists():
                shutil.copy(shallow, folder)
            if tip:
                git(folder, "update-ref", f"refs/heads/{BRANCH}", tip)
            yield Repository(folder)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    for name in _HARMFUL:
        os.environ.pop(name, None)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
