"""What a dossier watches for and was warned of, as JSON beside the rest of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.model.alert import Alert, Level, Reached, Rung, Subject, Watch
from engine.model.dossier import Dossier

_MOMENTS = ("against", "raised_at", "held_since", "escalates_at")


def to_json(dossier: Dossier) -> dict[str, Any]:
    """Watches and alerts of a dossier; the inverse of `from_json`."""
    return {
        "watches": [
            [subject, place, watch.against.isoformat(), _levels_json(watch)]
            for (subject, place), watch in dossier.watches.items()
        ],
        "alerts": [_alert_json(alert) for alert in dossier.alerts],
    }


def from_json(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The two parts of a dossier, by name."""
    watches = {
        (Subject(subject), place): Watch(datetime.fromisoformat(against), _levels(levels))
        for subject, place, against, levels in raw["watches"]
    }
    return {"watches": watches, "alerts": [_alert(alert) for alert in raw["alerts"]]}


def _levels_json(watch: Watch) -> list[list[str]]:
    return [[reached.level.value, reached.at.isoformat()] for reached in watch.levels]


def _levels(raw: list[list[str]]) -> tuple[Reached, ...]:
    return tuple(Reached(Level(level), datetime.fromisoformat(at)) for level, at in raw)


def _alert_json(alert: Alert) -> dict[str, Any]:
    moments = {name: getattr(alert, name) for name in _MOMENTS}
    return {**vars(alert), **{name: at and at.isoformat() for name, at in moments.items()}}


def _alert(raw: Mapping[str, Any]) -> Alert:
    moments = {name: raw[name] and datetime.fromisoformat(raw[name]) for name in _MOMENTS}
    typed = {
        "subject": Subject(raw["subject"]),
        "level": Level(raw["level"]),
        "rung": Rung(raw["rung"]),
    }
    return Alert(**{**raw, **moments, **typed})
