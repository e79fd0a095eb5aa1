"""Imports go down only, as ARCHITECTURE.md says; MkDocs is known at the top alone."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from docsite.plugin.events import DocsitePlugin

HOOKS = Path(__file__).parents[1] / "hooks"

# From the bottom up. A package may import from any layer below its own, and within itself.
LAYERS = (
    ("docsite",),  # the version
    ("docsite._util",),
    ("docsite.diagnostics",),
    ("docsite.config",),
    ("docsite.markup",),
    ("docsite.links",),
    ("docsite.translation",),
    ("docsite.project",),
    ("docsite.built_site", "docsite.external"),
    ("docsite.publish", "docsite.plugin"),
    ("docsite.cli", "site_events"),
    ("docsite.__main__",),
)
LEVEL = {package: layer for layer, packages in enumerate(LAYERS) for package in packages}
ALLOWED_IMPORTS = {
    "mkdocs": ("docsite.plugin.", "docsite.config.mkdocs_config.", "docsite.config.mkdocs_site."),
    "mkdocs_static_i18n": ("docsite.plugin.", "docsite.config.mkdocs_site."),
    "material": ("docsite.plugin.",),
    "mike": ("docsite.publish.",),
}
"""The packages that know a program we build on."""


def name_of(path: Path) -> str:
    parts = path.relative_to(HOOKS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(HOOKS.rglob("*.py"))}


def layer_of(module: str) -> str:
    """The entry of LAYERS that a module belongs to."""
    return max((package for package in LEVEL if module == package or module.startswith(f"{package}.")), key=len)


@cache
def imports(module: str) -> frozenset[str]:
    """Every module that a module imports, at its head, late, or only for types."""
    return frozenset(_imports(ast.parse(MODULES[module].read_text("utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = str(node.module)
            for alias in node.names:
                yield f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base


def ours(module: str) -> set[str]:
    return {name for name in imports(module) if name in MODULES}


def test_every_module_has_its_layer() -> None:
    assert len(MODULES) > 40
    lost = [module for module in MODULES if layer_of(module) == "docsite" and module != "docsite"]
    assert lost == [], "say on which layer they are"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    here = layer_of(module)
    for wanted in ours(module):
        there = layer_of(wanted)
        assert there == here or LEVEL[there] < LEVEL[here], f"{module} imports {wanted}, which is not below it"


@pytest.mark.parametrize("module", MODULES)
def test_mkdocs_and_mike_are_imported_in_their_packages_only(module: str) -> None:
    names = {name.split(".")[0] for name in imports(module)}
    assert [
        name for name in ALLOWED_IMPORTS if name in names and not f"{module}.".startswith(ALLOWED_IMPORTS[name])
    ] == []


def test_no_module_and_no_class_has_the_name_of_another() -> None:
    modules = Counter(path.name for path in MODULES.values() if path.name != "__init__.py")
    trees = (ast.parse(path.read_text("utf-8")) for path in MODULES.values())
    classes = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [name for name, count in [*modules.items(), *classes.items()] if count > 1] == []


def test_nothing_below_the_top_prints_or_exits() -> None:
    for module, path in MODULES.items():
        if module in ("docsite.cli.main", "docsite.cli.entry_point", "docsite.__main__"):
            continue
        calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        names = {func.id for func in calls if isinstance(func, ast.Name)}
        assert not names & {"print", "exit", "input", "breakpoint"}, module


def test_imports_make_no_circle() -> None:
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join([*way[way.index(module) :], module])
        if module not in done:
            for wanted in sorted(ours(module)):
                visit(wanted, (*way, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


def test_the_hook_hands_over_every_event_of_the_plugin() -> None:
    tree = ast.parse(MODULES["site_events"].read_text("utf-8"))
    handed = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign)]
    events = [name for name in dir(DocsitePlugin) if name.startswith("on_")]
    assert len(events) > 8
    assert handed == ["plugin = DocsitePlugin()", *(f"{name} = plugin.{name}" for name in handed_names(tree))]
    assert sorted(handed_names(tree)) == sorted(events)


def handed_names(tree: ast.Module) -> list[str]:
    names = (ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign))
    return [name for name in names if name != "plugin"]


def test_the_events_hold_no_logic() -> None:
    (plugin,) = (
        node
        for node in ast.parse(MODULES["docsite.plugin.events"].read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name == "DocsitePlugin"
    )
    functions = [node for node in plugin.body if isinstance(node, ast.FunctionDef) and node.name != "__init__"]
    assert len(functions) > 8
    for function in functions:
        kinds = (ast.For, ast.While, ast.Try, ast.With)
        assert not any(isinstance(node, kinds) for node in ast.walk(function)), function.name
        assert len(function.body) <= 3, function.name
