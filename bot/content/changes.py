"""How a later pack changes a part of what an earlier one says, without saying the rest again.

``change:`` in resources.yaml names services, and in a flow's file the flow; what stands there goes over what is there:

- names with values: value by value, and ``null`` takes one away;
- lists whose items have an ``id`` (phones, links): item by item, each as a whole, since a fact is assured as a whole;
- a key with a plus before it, such as ``+choices``: what is there, and then these;
- everything else: the new value in place of the old.

``remove:`` sees to it that services are never shown, and retires values of answers (see `bot.content.model.Answer`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.content.document import Document, Path_
from bot.content.errors import ContentError, Problem, nearest

CHANGE: Final = "change"
REMOVE: Final = "remove"
MORE: Final = "+"
"""Before a key: the list below goes behind the one that is there."""

Earlier = Callable[[str], Document | None]
"""The document of an earlier pack that holds the thing with this id; None if there is none."""


def is_change_of_flow(document: Document) -> bool:
    """Whether a file changes a flow instead of being one."""
    return isinstance(document.value, Mapping) and CHANGE in document.value


def changed_flow(document: Document, earlier: Earlier, known: Mapping[str, object]) -> Document:
    """The whole flow that a file with ``change: FLOW`` makes. Raises `ContentError`."""
    id_ = document.value[CHANGE]
    base = earlier(id_) if isinstance(id_, str) else None
    if base is None:
        hint = nearest(str(id_), known) or "Only a flow of an earlier pack can be changed."
        raise ContentError([document.problem(f"there is no flow `{id_}` to change", CHANGE, hint=hint)])
    if strangers := list(_strangers(document, id_, base)):
        raise ContentError(strangers)
    overlay = {key: value for key, value in document.value.items() if key != CHANGE}
    return _Merge(base, document).over(base.value, overlay, (), ())


def _strangers(document: Document, flow: str, base: Document) -> Iterator[Problem]:
    """Screens that are changed and are not there, as after an update that renamed them. A new one has words."""
    written, there = document.value.get("steps"), base.value.get("steps")
    if not isinstance(written, Mapping) or not isinstance(there, Mapping):
        return
    for step, change in written.items():
        if step not in there and isinstance(change, Mapping) and "say" not in change:
            hint = f"{nearest(str(step), there)} A screen of your own has a `say:`.".lstrip()
            message = f"there is no screen `{step}` in `{flow}` to change"
            yield document.problem(message, "steps", step, hint=hint, key=True)


def changed_resources(document: Document, earlier: Earlier, known: Mapping[str, object]) -> Document:
    """A resources.yaml with its changed services made whole, among those it adds. Raises `ContentError`."""
    value = document.value
    if not isinstance(value, Mapping) or CHANGE not in value:
        return document
    changes = value[CHANGE]
    if not isinstance(changes, Mapping):
        message = "`change` is not a list of services with what changes in them"
        raise ContentError([document.problem(message, CHANGE, hint="Write `change:` and below it `childline:`.")])
    whole = replace(document, value={key: item for key, item in value.items() if key != CHANGE})
    whole.value["services"] = dict(value.get("services") or {})
    problems: list[Problem] = []
    for id_, overlay in changes.items():
        path = (CHANGE, id_)
        base = earlier(id_)
        if id_ in whole.value["services"]:
            problems.append(document.problem(f"`{id_}` is both changed and written anew", *path, key=True))
        elif base is None:
            hint = nearest(str(id_), known) or "Only a service of an earlier pack can be changed."
            problems.append(document.problem(f"there is no service `{id_}` to change", *path, hint=hint, key=True))
        elif not isinstance(overlay, Mapping):
            problems.append(document.problem(f"nothing is said of what changes in `{id_}`", *path, key=True))
        else:
            at = ("services", id_)
            made = _Merge(base, whole).over(base.value["services"][id_], overlay, at, path)
            whole = replace(made, path=document.path, lines=document.lines)
    if problems:
        raise ContentError(problems)
    return whole


class _Merge:
    """``base`` with an overlay from ``document``; places of what is new are those in its own file."""

    def __init__(self, base: Document, document: Document) -> None:
        self._base = base
        self._document = document
        self._keys: dict[Path_, Any] = {}
        self._values: dict[Path_, Any] = {}

    def over(self, base: Any, overlay: Mapping[str, Any], at: Path_, written_at: Path_) -> Document:
        """The document with the thing at ``at`` changed by what is written at ``written_at``."""
        for ours, theirs in ((self._keys, self._base.keys), (self._values, self._base.values)):
            ours.update({path: place for path, place in theirs.items() if path[: len(at)] == at})
        merged = self._merged(base, overlay, at, written_at)
        further = self._document.further | self._base.further | {self._base.path: self._base.lines}
        if not at:
            here = self._document
            return Document(here.path, merged, here.lines, self._keys, self._values, further)
        value = dict(self._document.value)
        value["services"] = value["services"] | {at[1]: merged}
        keys, values = self._document.keys | self._keys, self._document.values | self._values
        return Document(self._document.path, value, self._document.lines, keys, values, further)

    def _merged(self, base: Any, overlay: Any, at: Path_, written_at: Path_) -> Any:
        if isinstance(base, Mapping) and isinstance(overlay, Mapping):
            return self._mapping(base, overlay, at, written_at)
        if _has_ids(base) and _has_ids(overlay):
            return self._list(base, overlay, at, written_at)
        self._take_places(at, written_at)
        return overlay

    def _mapping(self, base: Mapping[str, Any], overlay: Mapping[str, Any], at: Path_, written_at: Path_) -> Any:
        made = dict(base)
        for key, value in overlay.items():
            if isinstance(key, str) and key.startswith(MORE) and isinstance(value, list):
                self._append(made, key.removeprefix(MORE), value, at, (*written_at, key))
            elif value is None:
                made.pop(key, None)
            elif key in base:
                made[key] = self._merged(base[key], value, (*at, key), (*written_at, key))
            else:
                made[key] = value
                self._take_places((*at, key), (*written_at, key))
        return made

    def _append(self, made: dict[str, Any], key: str, more: list[Any], at: Path_, written_at: Path_) -> None:
        there = made.get(key)
        items = list(there) if isinstance(there, list) else [there] if there else []
        made[key] = [*items, *more]
        for position in range(len(more)):
            self._take_places((*at, key, len(items) + position), (*written_at, position))

    def _list(self, base: list[Any], overlay: list[Any], at: Path_, written_at: Path_) -> list[Any]:
        made = list(base)
        index_of = {item["id"]: index for index, item in enumerate(base)}
        for position, item in enumerate(overlay):
            index = index_of.get(item["id"], len(made))
            made[index : index + 1] = [item]
            self._take_places((*at, index), (*written_at, position))
        return made

    def _take_places(self, at: Path_, written_at: Path_) -> None:
        for ours, theirs in ((self._keys, self._document.keys), (self._values, self._document.values)):
            for path in [path for path in ours if path[: len(at)] == at]:
                del ours[path]
            for path, place in theirs.items():
                if path[: len(written_at)] == written_at:
                    ours[(*at, *path[len(written_at) :])] = place


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) and "id" in item for item in value)
