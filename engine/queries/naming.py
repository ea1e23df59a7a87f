"""What other software is called."""

from bpmn.connectors import CATALOGUE
from engine.model.request import BY_CONNECTOR


def software(name: str) -> str:
    """A connector, also as the log names it, by its title where it has one everywhere."""
    name = name.removeprefix(BY_CONNECTOR)
    return CATALOGUE[name].title if name in CATALOGUE else name
