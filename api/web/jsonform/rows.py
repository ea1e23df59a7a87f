"""Rows of lists, added and removed by buttons of the form: `add` names a list, `remove` a row."""

from collections.abc import Iterator, Mapping

from api.web.jsonform.fields import PREFIX

BUTTONS = frozenset({"add", "remove"})
MOST_ROWS = 200


def asks_for_rows(body: Mapping[str, str]) -> bool:
    """Whether the form was sent by such a button, and not to be kept."""
    return bool(BUTTONS & body.keys())


def with_rows(texts: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """What was typed, with an empty row more or with one row less."""
    changed = dict(texts)
    if (list_ := body.get("add", "")).startswith(f"{PREFIX}."):
        changed.setdefault(f"{list_}.{min(_rows(texts, list_), MOST_ROWS - 1)}", "")
    if (row := body.get("remove", "")).startswith(f"{PREFIX}."):
        changed = dict(_without(changed, row))
    return changed


def _rows(texts: Mapping[str, str], list_: str) -> int:
    """How many rows of a list are shown: one that holds nothing shows one."""
    numbers = [number for name in texts if (number := _number(name, list_)) is not None]
    return max(numbers, default=0) + 1


def _number(name: str, list_: str) -> int | None:
    part = name.removeprefix(f"{list_}.").split(".")[0]
    inside = name.startswith(f"{list_}.") and part.isascii() and part.isdecimal()
    return int(part) if inside else None


def _without(texts: Mapping[str, str], row: str) -> Iterator[tuple[str, str]]:
    list_, _, last = row.rpartition(".")
    for name, text in texts.items():
        number = _number(name, list_)
        if number is None or not last.isdecimal() or number < int(last):
            yield name, text
        elif number > int(last):
            rest = name.removeprefix(f"{list_}.{number}")
            yield f"{list_}.{number - 1}{rest}", text
