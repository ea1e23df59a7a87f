"""A software token (SoftHSM2) with one key, made anew for a test session."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.pki import Holder

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "246810"
LABEL = "dau-co-quan"
KEY = "khoa-ky"


@dataclass(frozen=True)
class SoftToken:
    """Whose key the token holds."""

    holder: Holder


def soft_token(folder: Path, holder: Holder) -> SoftToken:
    """Make a token in a folder and put a key into it.

    SoftHSM reads its settings once in a process, from the environment.
    """
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    pem = folder / "khoa.pem"
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(holder.key.private_bytes(*form))
    _run("--init-token", "--free", "--label", LABEL, "--so-pin", "1357", "--pin", PIN)
    _run("--import", str(pem), "--token", LABEL, "--label", KEY, "--id", "01", "--pin", PIN)
    pem.unlink()
    return SoftToken(holder)


def _run(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)
