"""Every rule: its id, its severity, what is wrong, how to fix it, and its messages. A module for each family."""

from __future__ import annotations

from collections.abc import Iterable

from docsite.diagnostics.rules.built_site import BUILT_SITE_RULES
from docsite.diagnostics.rules.ignoring import FORMER_NAMES, SUPPRESSION_RULES
from docsite.diagnostics.rules.links import LINK_RULES
from docsite.diagnostics.rules.liquid import LIQUID_RULES
from docsite.diagnostics.rules.markup import MARKUP_RULES
from docsite.diagnostics.rules.rule import Rule, Severity
from docsite.diagnostics.rules.sources import SOURCE_RULES
from docsite.diagnostics.rules.translations import TRANSLATION_RULES
from docsite.diagnostics.rules.versions import VERSION_RULES

__all__ = ["RULES", "Rule", "Severity", "current_name", "is_known_rule", "matches_rule", "rule_candidates"]

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        *SOURCE_RULES,
        *LIQUID_RULES,
        *MARKUP_RULES,
        *LINK_RULES,
        *BUILT_SITE_RULES,
        *VERSION_RULES,
        *TRANSLATION_RULES,
        *SUPPRESSION_RULES,
    )
}


def matches_rule(rule: str, names: Iterable[str]) -> bool:
    """Whether a rule is among names of rules and of their groups: `link` stands for every `link-...`."""
    current = map(current_name, names)
    return any(rule == name or rule.startswith(f"{name.removesuffix('-')}-") for name in current)


def current_name(name: str) -> str:
    """What a rule or group is called now."""
    return FORMER_NAMES.get(name, name)


def is_known_rule(name: str) -> bool:
    """Whether there is a rule, or a group of rules, of this name."""
    return current_name(name) in RULES or any(matches_rule(rule, (name,)) for rule in RULES)


def rule_candidates(name: str) -> list[str]:
    """What a misspelt name may stand for: a rule, or, being one word, a group."""
    return list(RULES) if "-" in name else list(dict.fromkeys(rule.partition("-")[0] for rule in RULES))
