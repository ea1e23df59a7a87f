"""Whether certificates were revoked, asked of those who issued them (OCSP, CRL).

Only addresses are asked that stand in certificates which lead to a root of ours: what a stranger
wrote into a file is never followed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import requests
from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.fetchers.common_utils import (
    format_ocsp_request,
    process_ocsp_response_data,
)

_SECONDS = 5
_MOST_BYTES = 20_000_000

Fetch = Callable[[str, bytes | None], bytes]
"""Address, and body where something is posted → answer; raises `OSError`."""


@dataclass(frozen=True)
class Statements:
    """What authorities said about certificates."""

    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()

    def __add__(self, other: "Statements") -> "Statements":
        return Statements(self.ocsps + other.ocsps, self.crls + other.crls)


def over_http(url: str, body: bytes | None = None) -> bytes:
    """Fetch over HTTP: no redirects, a few seconds, a bounded answer. Raises `OSError`."""
    method = "POST" if body is not None else "GET"
    headers = {"Content-Type": "application/ocsp-request"} if body is not None else {}
    with requests.request(
        method,
        url,
        data=body,
        headers=headers,
        timeout=_SECONDS,
        allow_redirects=False,
        stream=True,
    ) as answer:
        answer.raise_for_status()
        if answer.is_redirect:
            raise OSError("redirect")
        content = answer.raw.read(_MOST_BYTES + 1, decode_content=True)
        if len(content) > _MOST_BYTES:
            raise OSError("too long")
        return bytes(content)


def statements(path: list[x509.Certificate], fetch: Fetch) -> Statements:
    """What can be had about the certificates of a path that leads to a root of ours.

    `path` goes from the root to the certificate in question. OCSP is asked first, revocation
    lists where that gave nothing.
    """
    found = Statements()
    for issuer, certificate in pairwise(path):
        found += _asked(certificate, issuer, fetch) or _listed(certificate, fetch)
    return found


def _asked(
    certificate: x509.Certificate, issuer: x509.Certificate, fetch: Fetch
) -> Statements | None:
    request = format_ocsp_request(
        certificate,
        AuthorityWithCert(issuer),
        certid_hash_algo="sha1",
        request_nonces=False,
    )
    for url in certificate.ocsp_urls:
        try:
            answer = fetch(url, request.dump())
            response = process_ocsp_response_data(answer, ocsp_request=request, ocsp_url=url)
        except Exception:  # noqa: S112 — an authority that answers badly did not answer
            continue
        return Statements(ocsps=(response,))
    return None


def _listed(certificate: x509.Certificate, fetch: Fetch) -> Statements:
    for url in _list_addresses(certificate):
        try:
            return Statements(crls=(crl.CertificateList.load(fetch(url, None), strict=True),))
        except (OSError, ValueError):
            continue
    return Statements()


def _list_addresses(certificate: x509.Certificate) -> Iterator[str]:
    for point in certificate.crl_distribution_points:
        if point.url and point.url.lower().startswith(("http://", "https://")):
            yield point.url
