"""Answers of other software as they come in: JSON of anybody's making."""

from collections.abc import Mapping
from typing import Any

from engine.commands.requests import MOST_TEXT, Answer
from engine.errors.connectors import AnswerMalformed
from engine.model.request import AnswerOutcome

_NAMES = frozenset({"outcome", "answer", "reason"})


def read_answer(document: Any) -> Answer:
    """What the other side says; raises `AnswerMalformed`.

    `{"outcome": "done", "answer": {…}}` or `{"outcome": "refused", "reason": "…"}`.
    """
    if not isinstance(document, Mapping) or not set(document) <= _NAMES:
        raise AnswerMalformed(why="chỉ gồm outcome, answer và reason")
    said, given, reason = (document.get(name) for name in ("outcome", "answer", "reason"))
    if said not in list(AnswerOutcome):
        raise AnswerMalformed(why="outcome phải là done hoặc refused")
    if given is not None and not isinstance(given, Mapping):
        raise AnswerMalformed(why="answer phải là một đối tượng JSON")
    if reason is not None and not (isinstance(reason, str) and 0 < len(reason) <= MOST_TEXT):
        raise AnswerMalformed(why=f"reason phải là chữ, từ 1 đến {MOST_TEXT} ký tự")
    return Answer(AnswerOutcome(said), given or {}, reason)
