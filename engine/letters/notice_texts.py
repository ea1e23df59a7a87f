"""Notices in the words of their channel: alone, or several as one message.

An SMS is written without diacritics: with them a part holds 70 letters instead of 160, and old
telephones show squares. It takes one part where it can and `MOST_PARTS` at most; what does not
fit goes into another message, so that nothing is cut off.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.letters.letter import Letter, moment_text, one_line
from engine.letters.notice_rules import NoticeRule, NoticeRules
from engine.model.channel import Channel
from engine.model.plain_text import without_marks

ONE_PART, OF_SEVERAL, MOST_PARTS = 160, 153, 3
"""Letters of an SMS of one part, of each part of a longer one (GSM 03.38), and how many parts."""

MOST_ZALO = 200
"""Letters of a parameter of a Zalo template; longer ones are refused."""

LOOK_UP = "/tra-cuu"
_AGENCY_IN_SMS = 30
_LATER = "sẽ báo sau"


@dataclass(frozen=True)
class Notice:
    """A notice under its number with what it tells of a dossier, as far as it is known."""

    id: int
    rule: NoticeRule
    code: str
    agency: str
    due: datetime | None = None
    until: datetime | None = None
    number: str | None = None


Part = tuple[Sequence[Notice], Letter]
"""A message, and the notices that it tells."""


def written(
    channel: Channel, notices: Sequence[Notice], rules: NoticeRules, base_url: str
) -> Iterator[Part]:
    """The messages that tell these notices by a channel; together they tell each once."""
    if channel is Channel.SMS:
        most = OF_SEVERAL * MOST_PARTS
        for some in _fitting(notices, lambda part: len(_sms(part, base_url)) <= most):
            yield some, Letter("Tin nhắn", _sms(some, base_url), "")
    elif channel is Channel.ZALO:
        for some in _fitting(notices, lambda part: len(_subjects(part)) <= MOST_ZALO):
            yield some, _zalo(some, rules, base_url)
    else:
        yield notices, _mail(notices, rules)


def parts(sms: str) -> int:
    """How many parts an SMS takes."""
    return 1 if len(sms) <= ONE_PART else -(-len(sms) // OF_SEVERAL)


def _fitting(
    notices: Sequence[Notice], fits: Callable[[Sequence[Notice]], bool]
) -> Iterator[Sequence[Notice]]:
    """The notices in their order, as many at a time as fit; one alone must."""
    taken: list[Notice] = []
    for notice in notices:
        if taken and not fits([*taken, notice]):
            yield taken
            taken = []
        taken.append(notice)
    yield taken


def _mail(notices: Sequence[Notice], rules: NoticeRules) -> Letter:
    template = rules.several["subject"] if len(notices) > 1 else "{list}"
    said = "\n\n".join(_filled(each.rule.text, each) for each in notices)
    codes = {each.code for each in notices}
    path = LOOK_UP if len(codes) > 1 else f"{LOOK_UP}?ma={notices[0].code}"
    subject = _listed(template, notices)
    return Letter(subject, f"Kính gửi ông/bà,\n\n{said}\n", path)


def _sms(notices: Sequence[Notice], base_url: str) -> str:
    agencies = list(dict.fromkeys(each.agency for each in notices))
    head = f"{agencies[0][:_AGENCY_IN_SMS].strip()}: " if len(agencies) == 1 else ""
    lines = (f"ho so {each.code} {_filled(each.rule.sms, each)}" for each in notices)
    link = f" {base_url}{LOOK_UP}" if base_url else ""
    return without_marks(head + "\n".join(lines) + link)


def _zalo(notices: Sequence[Notice], rules: NoticeRules, base_url: str) -> Letter:
    """The template by our name for it, and its parameters, as JSON."""
    link = base_url + LOOK_UP
    if len(notices) == 1:
        raw = notices[0].rule.zalo
        params = {name: _filled(text, notices[0]) for name, text in raw["params"].items()}
    else:
        raw = rules.several["zalo"]
        params = {name: _listed(text, notices, link) for name, text in raw["params"].items()}
    body = {
        "params": {name: text[:MOST_ZALO] for name, text in params.items()},
        "template": raw["template"],
    }
    return Letter("Tin Zalo", json.dumps(body, ensure_ascii=False, sort_keys=True), "")


def _listed(template: str, notices: Sequence[Notice], link: str = "") -> str:
    return template.format(count=len(notices), list=_subjects(notices), link=link)


def _subjects(notices: Sequence[Notice]) -> str:
    return "; ".join(_filled(each.rule.subject, each) for each in notices)


def _filled(template: str, notice: Notice) -> str:
    return template.format(
        code=notice.code,
        agency=one_line(notice.agency),
        due=_moment(notice.due),
        until=_moment(notice.until),
        number=one_line(notice.number or _LATER),
    )


def _moment(moment: datetime | None) -> str:
    return moment_text(moment) if moment else _LATER
