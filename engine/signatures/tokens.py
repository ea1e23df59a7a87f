"""Keys in a token in the server (PKCS#11): the PIN is typed when signing, never kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from pkcs11.exceptions import (
    NoSuchKey,
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PinLocked,
    PKCS11Error,
)
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from engine.errors.signatures import TokenUnusable
from engine.signatures.certificates import Certificate
from engine.signatures.keys import Sign
from engine.signatures.running import result_of

_ONE_AT_A_TIME = Lock()
"""A token knows only that this process has shown the PIN, not for whom: while one person is
logged in, another could sign without."""

_REASONS: dict[type[PKCS11Error], str] = {
    PinIncorrect: "sai mã PIN",
    PinInvalid: "sai mã PIN",
    PinLenRange: "sai mã PIN",
    PinLocked: "mã PIN đã bị khóa",
    NoSuchKey: "không có khóa với nhãn đã đăng ký",
}


@contextmanager
def token(
    module: str, label: str, key_label: str, pin: str, certificate: Certificate
) -> Iterator[Sign]:
    """A key of a token, in one session with one entry of the PIN.

    `module` is the path of the token's library. Raises `TokenUnusable`.
    """
    with _ONE_AT_A_TIME:
        try:
            session = open_pkcs11_session(
                module, token_criteria=TokenCriteria(label=label), user_pin=pin
            )
            with session:
                signer = PKCS11Signer(
                    session,
                    signing_cert=certificate,
                    key_label=key_label,
                    use_raw_mechanism=True,
                )
                yield lambda texts: [_signed(signer, text) for text in texts]
        except PKCS11Error as error:
            reason = _REASONS.get(type(error), "không tìm thấy hoặc không trả lời")
            raise TokenUnusable(token=label, reason=reason) from error


def _signed(signer: PKCS11Signer, text: bytes) -> bytes:
    return result_of(signer.async_sign_raw(text, "sha256"))
