"""Time-stamps of an authority (RFC 3161)."""

from asn1crypto import tsp, x509
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from engine.errors.signatures import TimestampUnavailable
from engine.signatures.running import result_of

_SECONDS = 10
_VARYING = 500
"""Bytes by which time-stamps of an authority may differ in length."""


class Stamper(RequestsHTTPTimeStamper):
    """Asks the authority at an address; raises `TimestampUnavailable` where it does not answer."""

    def __init__(self, url: str) -> None:
        super().__init__(url, timeout=_SECONDS)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer to a request."""
        try:
            return await super().async_request_tsa_response(req)
        except (TimestampRequestError, OSError, ValueError) as error:
            raise TimestampUnavailable from error

    def certificates(self) -> list[x509.Certificate]:
        """Those that the authority signs with; asks it once."""
        result_of(self._ensure_dummy())
        return list(self._certs.values())

    def size(self) -> int:
        """Bytes that one of its time-stamps takes at most, judged by the first."""
        return len(result_of(self.async_dummy_response("sha256")).dump()) + _VARYING
