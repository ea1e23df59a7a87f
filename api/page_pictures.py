"""Pages of files as pictures, for REST and pages alike."""

from dataclasses import dataclass

from flask import Response

from api.sending import Later
from api.services import services
from engine.errors.scans import PageUnshowable
from engine.model.document import FileFacts
from engine.scans.viewing import MEDIA_TYPE, Leaf, Width

KEPT = "private, max-age=3600"
"""How long a browser may keep a picture: it belongs to a file whose bytes never change."""


@dataclass(frozen=True)
class PagePicture(Later):
    """Page `page` (from 1) of a file, so wide; raises `PageUnshowable` for one not there."""

    file: FileFacts
    page: int
    width: Width

    def __post_init__(self) -> None:
        if not 1 <= self.page <= max(1, self.file.pages):
            raise PageUnshowable(page=self.page)

    def made(self) -> Response:
        """The picture."""
        files, digest = services().files, self.file.digest
        leaf = Leaf(digest, self.page - 1, self.width)
        gallery = services().gallery
        drawn = gallery.picture(leaf, self.file.media_type, lambda: files.read(digest))
        return Response(drawn, content_type=MEDIA_TYPE, headers={"Cache-Control": KEPT})
