"""A document on its way from draft to sealed result, signed with real keys."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw

from engine.model.document import Capacity
from engine.signatures.filling import fill
from engine.signatures.keys import pkcs12
from engine.signatures.marks import Appearance
from engine.signatures.means import Means, checked
from engine.signatures.preparing import ISSUING, prepare
from engine.signatures.signing import Signing, sign
from tests.pki import PASSPHRASE, Authority, Holder

FONTS = Path(__file__).parents[1] / "engine" / "printing" / "fonts"
FONT, ITALIC = FONTS / "Tinos-Regular.ttf", FONTS / "Tinos-Italic.ttf"
NOW = datetime(2026, 7, 6, 1, 0, tzinfo=UTC)
"""When the tests' clock stands: 08:00 in Việt Nam."""

LEADER_NAME = "Nguyễn Thị Phượng Hoàng"
AGENCY_NAME = "Ủy ban nhân dân xã Mai Lâm"


def draft(pages: int = 1) -> bytes:
    """A PDF without a signature."""
    with pikepdf.new() as pdf:
        for number in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
            content = f"BT /F1 12 Tf 72 700 Td (Trang {number + 1}) Tj ET".encode()
            pdf.pages[-1].Contents = pdf.make_stream(content)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file that pikepdf writes anew."""
    output = BytesIO()
    pdf.save(output)
    return output.getvalue()


def picture(colour: str, size: tuple[int, int], dpi: int = 300) -> bytes:
    """A ring on a transparent ground."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    edge = (8, 8, size[0] - 8, size[1] - 8)
    ImageDraw.Draw(image).ellipse(edge, outline=colour, width=12)
    output = BytesIO()
    image.save(output, "PNG", dpi=(dpi, dpi))
    return output.getvalue()


@dataclass(frozen=True)
class Signers:
    """Two who sign results, and what they need for it."""

    leader: Holder
    agency: Holder
    means: Means

    def signing(self, holder: Holder, now: datetime = NOW) -> Signing:
        """With someone's certificate, at a moment."""
        _, certificates = pkcs12(holder.pkcs12, PASSPHRASE)
        return Signing(checked(certificates[0], certificates[1:], self.means, now), self.means, now)

    def signed(
        self, pdf: bytes, capacity: Capacity, shown: Appearance | None = None, now: datetime = NOW
    ) -> bytes:
        """The file, signed as leader or with the agency's seal."""
        holder = self.agency if capacity is Capacity.AGENCY else self.leader
        name = AGENCY_NAME if capacity is Capacity.AGENCY else LEADER_NAME
        key, _ = pkcs12(holder.pkcs12, PASSPHRASE)
        return sign(pdf, capacity, shown or Appearance(name), self.signing(holder, now), key)


@dataclass(frozen=True)
class Stages:
    """A result in all its states."""

    prepared: bytes
    signed: bytes
    numbered: bytes
    sealed: bytes


def numbered(pdf: bytes) -> bytes:
    """With number and date in their fields."""
    return fill(pdf, "12/QĐ-UBND", "Mai Lâm, ngày 06 tháng 7 năm 2026", FONT, ITALIC)


def stages(signers: Signers) -> Stages:
    """A result signed, numbered and sealed."""
    prepared = prepare(draft(2), ISSUING)
    signed = signers.signed(prepared, Capacity.LEADER)
    with_number = numbered(signed)
    return Stages(prepared, signed, with_number, signers.signed(with_number, Capacity.AGENCY))


def signers(authority: Authority, means: Means) -> Signers:
    """A leader and an agency with certificates of an authority."""
    return Signers(authority.issue(LEADER_NAME), authority.issue(AGENCY_NAME), means)


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says of a file's signatures."""
    file = folder / "tep.pdf"
    file.write_bytes(pdf)
    command = ["pdfsig", "-nocert", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def text_of(pdf: bytes, folder: Path) -> str:
    """What can be read on the pages."""
    file = folder / "tep.pdf"
    file.write_bytes(pdf)
    command = ["pdftotext", "-layout", str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
