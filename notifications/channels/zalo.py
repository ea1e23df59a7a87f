"""Zalo messages by telephone number: ZNS, through the office's Official Account.

`POST https://business.openapi.zalo.me/message/template` with the token in `access_token`. Zalo
answers 200 to everything; whether it took the message stands in `error` of the body.

The message's body is JSON: `{"template": our name for the template, "params": {...}}`. Under which
number Zalo registered each template is a setting.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import orjson
import requests

from engine.model.channel import Channel
from engine.settings import Settings, SettingsError
from engine.store.sending import Claimed
from notifications.channels.carrier import Postponed, Refused, Unreachable, in_short, public_id
from notifications.channels.http import Answer, post, require_taken
from notifications.channels.telephone import abroad

PATH = "/message/template"

_TEMPLATES = re.compile("(?:[a-z_]+=[0-9a-f]+(?:,|$))*")

_NEVER = frozenset({-108, -109, -110, -111, -112, -113, -114, -116, -118, -119, -130, -132, -139})
"""The number, the template or its parameters are wrong, or this person takes no such messages."""

_LATER = frozenset({-100, -133, -147})
"""Unknown to Zalo itself, at night, or too many of this template today."""


@dataclass(frozen=True)
class ZaloCarrier:
    """Zalo, as the settings say."""

    url: str
    token: str = field(repr=False)
    templates: Mapping[str, str]
    channel: Channel = Channel.ZALO

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings say, None without a token; raises `SettingsError`."""
        if not settings.zalo_token:
            return None
        return cls(settings.zalo_url, settings.zalo_token, _numbers(settings.zalo_templates))

    @contextmanager
    def session(self) -> Iterator["ZaloSession"]:
        """A connection to be."""
        with requests.Session() as http:
            yield ZaloSession(self, http)


def _numbers(said: str) -> dict[str, str]:
    if not _TEMPLATES.fullmatch(said):
        raise SettingsError(
            "MOTCUA_ZALO_TEMPLATES phải có dạng tên=số, cách nhau bằng dấu phẩy, ví dụ"
            " tiep_nhan=203972,co_ket_qua=203973"
        )
    return dict(pair.split("=") for pair in said.split(",") if pair)


class ZaloSession:
    """Hands messages to Zalo over one connection."""

    def __init__(self, carrier: ZaloCarrier, http: requests.Session) -> None:
        self._carrier = carrier
        self._http = http

    def send(self, message: Claimed, now: datetime) -> str:
        """Send one; raises `Refused`, `Postponed` or `Unreachable`."""
        said = orjson.loads(message.letter.body)
        asked = {
            "phone": abroad(message.address),
            "template_id": self._number(said["template"]),
            "template_data": said["params"],
            "tracking_id": public_id(message.key),
        }
        headers = {"access_token": self._carrier.token}
        url = self._carrier.url.rstrip("/") + PATH
        answer = post(self._http, url, orjson.dumps(asked), headers, now)
        require_taken(answer)
        _require_no_error(answer)
        return answer.said

    def _number(self, template: str) -> str:
        if template not in self._carrier.templates:
            raise Refused(
                f"Chưa có mẫu Zalo «{template}». Hãy đăng ký mẫu với Zalo, thêm số của mẫu vào"
                " MOTCUA_ZALO_TEMPLATES rồi gửi lại."
            )
        return self._carrier.templates[template]


def _require_no_error(answer: Answer) -> None:
    said: Any = answer.json()
    code = said.get("error") if isinstance(said, dict) else None
    if code == 0:
        return
    why = in_short(f"Zalo {code}: {said.get('message', '')}") if code is not None else answer.said
    if code in _NEVER:
        raise Refused(why)
    # What else Zalo says is of our account (its token, its money, its quota), not of the message.
    raise (Postponed if code in _LATER else Unreachable)(why)
