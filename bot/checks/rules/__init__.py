"""Every rule, one file each, named for its code. A file here is a rule: there is no list to forget it in."""

from __future__ import annotations

import importlib
import pkgutil

from bot.checks.rule import Rule


def all_rules() -> tuple[Rule, ...]:
    """All rules by code."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(sorted((module.RULE for module in modules), key=lambda rule: rule.code))
