"""Every fact that people meet, from whichever pack it is, and the file in which it can be assured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.assuring import chosen, read_facts
from bot.content.changes import changed_resources
from bot.content.load import pack_folder, services_before, services_in_force
from bot.content.passport import Assurable, assurable
from bot.content.service_schema import ResourcesFile, WrittenService
from bot.content.validation import validated
from bot.content.yaml_document import parse
from bot.operations.assure import AssureError


@dataclass(frozen=True, slots=True)
class FactsInForce:
    """The facts and cards of all packs together, in their order, without services that a later pack left out."""

    services: Mapping[str, WrittenService]
    facts: tuple[Assurable, ...]
    files: Mapping[str, Path]
    """A fact's name → the resources.yaml that holds it."""
    changed: frozenset[str] = frozenset()
    """Facts that a later file has made others than they are where they stand, in part, or whom their service serves."""

    def picked(self, names: Sequence[str]) -> tuple[Assurable, ...]:
        """The facts that go by these names; none named: all. Raises `ContentError` for a name that no fact goes by."""
        return chosen(self.facts, names, Path("resources.yaml")) if names else self.facts

    def by_file(self, facts: Sequence[Assurable]) -> dict[Path, tuple[str, ...]]:
        """The names of these facts, file by file. Raises `AssureError` for one that another file has changed."""
        if stuck := [fact.name for fact in facts if fact.name in self.changed]:
            raise AssureError(
                f"`{stuck[0]}` stands in {self.files[stuck[0]]}, but a later pack changes a part of it, or "
                "whom its service serves. Write it in that pack, as a whole, below `change:` (with its source and "
                "assured_date), and assure it then."
            )
        names: dict[Path, tuple[str, ...]] = {}
        for fact in facts:
            file = self.files[fact.name]
            names[file] = (*names.get(file, ()), fact.name)
        return names


def facts_in_force(packs: Sequence[str]) -> FactsInForce:
    """What stands in the services of these packs. Raises `ContentError` where a file cannot be read."""
    services, _ = services_in_force(packs)
    files: dict[str, Path] = {}
    written: dict[str, str] = {}  # what its file alone would vouch for
    for pack in packs:
        file = pack_folder(pack) / "resources.yaml"
        if file.is_file():
            for fact in read_facts(file.read_bytes(), file, services_before(packs, file)):
                files[fact.name], written[fact.name] = file, fact.passport
    met = {id_: service.facts for id_, service in services.items() if not service.left_out}
    every = (fact for id_, service in met.items() for fact in assurable(id_, service))
    facts = tuple(fact for fact in every if fact.name in files)
    changed = frozenset(fact.name for fact in facts if fact.passport != written[fact.name])
    return FactsInForce(met, facts, files, changed)


def facts_of_file(file: Path, packs: Sequence[str]) -> FactsInForce:
    """What one resources.yaml holds, which may change services of the ``packs`` before it.

    Raises `ContentError` where a file cannot be read, OSError where it is not there.
    """
    earlier = services_before(packs, file)
    facts = read_facts(file.read_bytes(), file, earlier)
    document = parse(file.read_bytes(), file)
    services = validated(changed_resources(document, earlier.get, earlier), ResourcesFile).services
    return FactsInForce(services, facts, dict.fromkeys((fact.name for fact in facts), file))
