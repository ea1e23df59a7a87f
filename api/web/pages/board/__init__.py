"""The supervisors' board: what must be done now, where it is held, and what will be late."""

from api.web.pages.board import (
    bulk,
    forecasts,
    heat,
    lists,
    mining,
    overview,
    papers,
    petitions,
    reports,
    sent_reports,
    unsigned,
)
from api.web.pages.board.asking import routes

__all__ = [
    "bulk",
    "forecasts",
    "heat",
    "lists",
    "mining",
    "overview",
    "papers",
    "petitions",
    "reports",
    "routes",
    "sent_reports",
    "unsigned",
]
