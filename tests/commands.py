"""Runs `mkdocs` and `docsite` as commands: arguments in, output and exit code out, each in a process of its own.

A server process has imported them once and forks for each command, which takes a fifth of the time of a new
interpreter. Builds share the theme's templates as Jinja has compiled them, which takes a quarter of a small build;
TEMPLATES names the folder. `test_cli.py` and `test_setup.py` run the programs as they are installed.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
from collections.abc import Mapping
from functools import cache, partialmethod
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

import jinja2
import material.plugins.search.plugin  # noqa: F401
import mkdocs.__main__
import mkdocs.commands.build
import mkdocs_static_i18n.plugin  # noqa: F401
import pymdownx.superfences  # noqa: F401

import docsite.plugin.events  # noqa: F401
from docsite.cli.main import main


def run_mkdocs(*arguments: str | Path, env: Mapping[str, str] | None = None) -> CompletedProcess[str]:
    """`mkdocs` with these arguments; its log goes to standard error."""
    return _run("mkdocs", arguments, {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"} | dict(env or os.environ))


def run_docsite(
    *arguments: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> CompletedProcess[str]:
    """`docsite` with these arguments."""
    return _run("docsite", arguments, dict(env or os.environ), cwd)


@cache
def _context() -> SpawnContext | ForkServerContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__])
    return context


def _run(
    program: str, arguments: tuple[str | Path, ...], env: dict[str, str], cwd: Path | None = None
) -> CompletedProcess[str]:
    words = [str(word) for word in arguments]
    with TemporaryDirectory() as folder:
        outputs = (Path(folder, "out"), Path(folder, "err"))
        given = program, words, env, cwd or Path.cwd(), outputs, os.environ.get("TEMPLATES")
        process = _context().Process(target=_be, args=given)
        process.start()
        process.join()
        out, err = (path.read_text("utf-8") for path in outputs)
    return CompletedProcess([program, *words], process.exitcode or 0, out, err)


def _be(
    program: str, words: list[str], env: Mapping[str, str], cwd: Path, outputs: tuple[Path, Path], templates: str | None
) -> None:
    """Become the program, in a process that does nothing else."""
    for number, path in enumerate(outputs, start=1):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", line_buffering=True)
    sys.argv = [program, *words]
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    if templates:
        compiled = jinja2.FileSystemBytecodeCache(templates)
        jinja2.Environment.__init__ = partialmethod(jinja2.Environment.__init__, bytecode_cache=compiled)  # type: ignore[assignment, method-assign]
    if program == "docsite":
        sys.exit(main(words))
    mkdocs.__main__.cli(words, prog_name=program)
