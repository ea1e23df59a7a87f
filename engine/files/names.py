"""Names of files as they may be kept: whatever they say is said by whoever sent the file."""

import unicodedata

from engine.errors.uploads import FileNameUnsafe

MOST = 200
"""Letters of a name."""


def cleaned(name: str) -> str:
    """A name in composed letters, with single spaces.

    Raises `FileNameUnsafe` for paths, control characters and marks that turn the direction of
    reading, with which `gpj.exe` would look like `exe.jpg`.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split(" ")).strip()
    strange = any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in name)
    if strange or "/" in name or "\\" in name or not 0 < len(name.strip(". ")) <= len(name) <= MOST:
        raise FileNameUnsafe(most=MOST)
    return name
