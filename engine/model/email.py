"""Addresses of e-mail, as far as this office writes to them."""

import re

from engine.errors.messages import EmailInvalid

MOST, MOST_BEFORE_AT = 254, 64
"""RFC 5321, section 4.5.3.1, less the angle brackets."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
PATTERN = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}"
"""A plain ASCII address with a dotted domain: no quotes, comments, blanks or line breaks."""

_ADDRESS = re.compile(PATTERN)


def read_email(text: str) -> str:
    """The address, as it was given; raises `EmailInvalid` for what is none."""
    too_long = len(text) > MOST or text.find("@") > MOST_BEFORE_AT
    if too_long or not _ADDRESS.fullmatch(text):
        raise EmailInvalid(email=text[:MOST])
    return text
