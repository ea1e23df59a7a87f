"""Where an agency writes its papers, as their date line says: «Mai Lâm, ngày …»."""

import re

_KIND = re.compile(
    r"\b(?:xã|phường|thị trấn|đặc khu|thị xã|thành phố|huyện|quận|tỉnh)\s+(?P<place>\S.*)",
    re.IGNORECASE,
)


def place_of(agency_name: str) -> str:
    """The name of the place, without what kind of place it is (Decree 30/2020/NĐ-CP, annex I);
    empty where the agency's name has none."""
    found = _KIND.search(agency_name)
    return found["place"].strip() if found else ""
