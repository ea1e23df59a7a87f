"""The simulated VNPAY, in its own process, and what tests tell it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from engine.settings import Settings

CODE, SECRET = "DEMOTMN1", "khoa-bi-mat-cua-bai-kiem-tra"
_SECONDS = 30


@dataclass(frozen=True)
class Vnpay:
    """Where it listens."""

    url: str

    def settings(self, **more: Any) -> Settings:
        """Those of a house that pays through it."""
        return Settings(
            vnpay_url=f"{self.url}/paymentv2/vpcpay.html",
            vnpay_api_url=f"{self.url}/merchant_webapi/api/transaction",
            vnpay_tmn_code=CODE,
            vnpay_secret=SECRET,
            **{"base_url": "https://motcua.example.vn", **more},
        )

    def behave(self, **behaviour: Any) -> None:
        """Behave like this from now on."""
        self._said("put", "/dieu-khien", behaviour)

    def pay(self, url: str, code: str = "00") -> str:
        """Open the page for payers, and choose what happens; gives where one is sent back to."""
        reference = parse_qs(urlsplit(url).query)["vnp_TxnRef"][0]
        assert requests.get(url, timeout=_SECONDS).status_code == 200
        answer = requests.post(
            f"{self.url}/thanh-toan",
            data={"ref": reference, "code": code},
            timeout=_SECONDS,
            allow_redirects=False,
        )
        assert answer.status_code == 303
        return answer.headers["Location"]

    def ipn(self, reference: str, **said: Any) -> dict[str, str]:
        """Send one IPN; gives what the house answered."""
        answer: dict[str, str] = self._said("post", "/ipn", {"reference": reference, **said})
        return answer

    def refunds(self) -> list[dict[str, str]]:
        """Every refund that was taken."""
        found: list[dict[str, str]] = self._said("get", "/giao-dich")["refunds"]
        return found

    def _said(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(method, f"{self.url}{path}", json=body, timeout=_SECONDS)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def running_vnpay() -> Iterator[Vnpay]:
    """A process, until the end of the block."""
    command = [
        *(sys.executable, "-m", "cli", "simulate", "vnpay"),
        *("--port", "0", "--tmn-code", CODE, "--secret", SECRET),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        yield Vnpay(process.stdout.readline().strip())
        process.terminate()
