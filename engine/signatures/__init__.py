"""Digital signatures of PDF files (PAdES): given, prepared for others to give, examined."""

import logging

for _library in ("pyhanko", "pyhanko_certvalidator"):
    # What they warn of ends up in an `Examined` or in an error, with its reason.
    logging.getLogger(_library).setLevel(logging.CRITICAL)
