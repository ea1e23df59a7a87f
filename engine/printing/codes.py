"""Pictures that machines read: a link as QR code, a dossier's code as Code 128."""

from base64 import b64encode
from io import BytesIO

import segno
from barcode import Code128
from barcode.writer import SVGWriter


def qr(link: str | None) -> str | None:
    """A QR code as an address that holds the picture itself; survives a stain or a fold."""
    return segno.make(link, error="m").svg_data_uri(scale=4, border=0) if link else None


def barcode(code: str | None) -> str | None:
    """The bars of a code, without its letters; None where there is none, or none that fits."""
    if not code or not code.isascii():
        return None
    drawn = BytesIO()
    writer = SVGWriter()
    options = {"write_text": False, "module_height": 8.0, "quiet_zone": 2.0}
    Code128(code, writer=writer).write(drawn, options)
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode()}"
