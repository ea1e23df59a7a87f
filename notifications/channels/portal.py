"""Speaks with the national portal: tells it of dossiers, and asks what it shows of them.

An adapter, to be brought in line with the portal's own specification: a bearer token by client
credentials; `POST /ho-so` with one message of `engine.portal` and its key; `GET /ho-so` by pages of
what has not ended there; `POST /ho-so/tra-cuu` for dossiers by their codes.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any, Self

import orjson
import requests
from requests import RequestException, Response
from urllib3.exceptions import ProtocolError

from engine.model.channel import Channel
from engine.settings import Settings
from engine.store.sending import Claimed
from notifications.channels.carrier import Postponed, Refused, Unreachable, in_short

SECONDS = (5.0, 30.0)
"""How long it may take to connect, and to answer."""

TOKEN_MARGIN_SECONDS = 30.0
_JSON = {"Content-Type": "application/json"}
_NOT_NOW = frozenset({401, 403, 404, 429, 503})
"""Nothing is wrong with this message: we are not let in, are to wait, or it is not there at all."""


@dataclass(frozen=True)
class Shown:
    """What the portal shows of a dossier: the number of the last message, its status, and how many
    steps."""

    dossier: str
    number: int
    code: str
    steps: int


@dataclass
class _Pass:
    """The token with which the office is let in, until a moment of a clock that nobody sets."""

    token: str = ""
    until: float = 0.0


@dataclass(frozen=True)
class Account:
    """Where the portal is, and as whom the office is known to it."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    granted: _Pass = field(default_factory=_Pass, repr=False, compare=False)

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings say; None where the portal is not used."""
        if not settings.portal_url:
            return None
        url = settings.portal_url.rstrip("/")
        return cls(url, settings.portal_client_id, settings.portal_client_secret)

    @contextmanager
    def session(self) -> Iterator["PortalSession"]:
        """A connection, closed at the end of the block."""
        with requests.Session() as http:
            yield PortalSession(self, http)


@dataclass(frozen=True)
class PortalCarrier:
    """Carries messages to the portal."""

    account: Account
    channel: Channel = Channel.PORTAL

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings say; None where the portal is not used."""
        account = Account.of(settings)
        return cls(account) if account else None

    def session(self) -> Any:
        """A connection to be."""
        return self.account.session()


class PortalSession:
    """A connection to the portal; logs in when it is first needed and when the token runs out."""

    def __init__(self, account: Account, http: requests.Session) -> None:
        self._account = account
        self._http = http

    def send(self, message: Claimed, now: object) -> str:
        """Tell the portal; «it has it already» is as good as taken.

        Raises `Refused`, `Postponed` or `Unreachable`.
        """
        key = message.key.removeprefix("portal:")
        headers = _JSON | {"Idempotency-Key": key}
        answer = self._ask("POST", "/ho-so", data=message.letter.body.encode(), headers=headers)
        return in_short(answer.text)

    def listing(self, after: str, limit: int) -> tuple[list[Shown], str | None]:
        """A page of the dossiers that have not ended there, and after which code the next begins.

        Raises as `send` does.
        """
        page = self._read("GET", "/ho-so", params={"sau": after, "so_luong": limit})
        following = page.get("Tiep")
        return _shown(page), following if isinstance(following, str) else None

    def look_up(self, codes: Sequence[str]) -> dict[str, Shown]:
        """What it shows of these dossiers; those that it does not know are left out."""
        page = self._read("POST", "/ho-so/tra-cuu", json={"MaHoSo": list(codes)})
        return {shown.dossier: shown for shown in _shown(page)}

    def _read(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        return _page(self._ask(method, path, **request))

    def _ask(self, method: str, path: str, **request: Any) -> Response:
        headers = request.pop("headers", {})
        for _ in range(2):
            bearer = {"Authorization": f"Bearer {self._bearer()}"}
            answer = self._reach(method, path, headers=headers | bearer, **request)
            if answer.status_code != 401:
                break
            self._account.granted.until = 0.0
        return _required(answer)

    def _bearer(self) -> str:
        granted = self._account.granted
        if monotonic() >= granted.until:
            given = self._log_in()
            granted.token = str(given["access_token"])
            granted.until = monotonic() + float(given["expires_in"]) - TOKEN_MARGIN_SECONDS
        return granted.token

    def _log_in(self) -> Mapping[str, Any]:
        account = self._account
        form = {
            "grant_type": "client_credentials",
            "client_id": account.client_id,
            "client_secret": account.client_secret,
        }
        answer = self._reach("POST", "/token", data=form)
        if answer.status_code != 200:
            said = f"Cổng không cho đăng nhập: {answer.status_code} {in_short(answer.text)}"
            raise Unreachable(said, _retry_after(answer))
        return _page(answer)

    def _reach(self, method: str, path: str, **request: Any) -> Response:
        """Raises `Unreachable` where nobody is there, `Postponed` where the line broke: then the
        portal may have done what it was asked."""
        url = f"{self._account.url}{path}"
        try:
            return self._http.request(
                method, url, timeout=SECONDS, allow_redirects=False, **request
            )
        except requests.ConnectTimeout as error:
            raise Unreachable("Cổng không trả lời.") from error
        except requests.ConnectionError as error:
            broke = error.args and isinstance(error.args[0], ProtocolError)
            raise (Postponed if broke else Unreachable)(_what(error)) from error
        except RequestException as error:
            raise Postponed(_what(error)) from error


def _required(answer: Response) -> Response:
    if answer.ok:
        return answer
    said = f"{answer.status_code} {in_short(answer.text)}"
    if answer.status_code in _NOT_NOW:
        raise Unreachable(said, _retry_after(answer))
    raise (Postponed if answer.status_code >= 500 else Refused)(said)


def _page(answer: Response) -> dict[str, Any]:
    try:
        page = orjson.loads(answer.content)
    except orjson.JSONDecodeError as error:
        raise Postponed("Cổng trả lời không đúng định dạng.") from error
    return page if isinstance(page, dict) else {}


def _retry_after(answer: Response) -> timedelta:
    asked = answer.headers.get("Retry-After", "")
    return timedelta(seconds=int(asked[:6])) if asked.isdecimal() else timedelta(0)


def _what(error: Exception) -> str:
    """Without the addresses that the library's own words are full of."""
    return f"Đứt kết nối với Cổng ({type(error).__name__})."


def _shown(page: dict[str, Any]) -> list[Shown]:
    try:
        return [
            Shown(str(one["MaHoSo"]), int(one["SoThuTu"]), str(one["TrangThaiHoSo"]), one["SoBuoc"])
            for one in page.get("HoSo", [])
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise Postponed("Cổng trả lời thiếu thông tin của hồ sơ.") from error
