"""A software token (SoftHSM2) with one key, made for a measurement or a test."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12PrivateKeyTypes
from pkcs11 import lib

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
_CONFIG = "SOFTHSM2_CONF"


@dataclass(frozen=True)
class SoftToken:
    """What to ask the token for: its label, its key's label, and the PIN."""

    label: str
    key: str
    pin: str


def soft_tokens_installed() -> bool:
    """Whether SoftHSM's library and its tool are on this machine."""
    return Path(MODULE).exists() and shutil.which("softhsm2-util") is not None


@contextmanager
def soft_token(folder: Path, token: SoftToken, key: PKCS12PrivateKeyTypes) -> Iterator[None]:
    """In this folder, and with this key in it, for as long as the context lasts.

    SoftHSM reads its settings when its library is initialised, from the environment; so the
    library is initialised anew on the way in and on the way out.
    """
    tokens, config, pem = folder / "tokens", folder / "softhsm2.conf", folder / "khoa.pem"
    tokens.mkdir(parents=True)
    config.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\n")
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(key.private_bytes(*form))
    with _configured(config):
        _run(
            "--init-token", "--free", "--label", token.label, "--so-pin", "1357", "--pin", token.pin
        )
        _run(
            *("--import", str(pem), "--token", token.label, "--label", token.key),
            *("--id", "01", "--pin", token.pin),
        )
        pem.unlink()
        lib(MODULE).reinitialize()
        yield


@contextmanager
def _configured(config: Path) -> Iterator[None]:
    before = os.environ.get(_CONFIG)
    os.environ[_CONFIG] = str(config)
    try:
        yield
    finally:
        os.environ.pop(_CONFIG)
        if before is not None:
            os.environ[_CONFIG] = before
            lib(MODULE).reinitialize()


def _run(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)  # noqa: S603, S607
