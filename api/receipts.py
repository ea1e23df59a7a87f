"""Receipts as files, on pages as in REST."""

from dataclasses import dataclass

from flask import Response

from api.letters import shown
from api.sending import Later
from api.services import services
from engine.queries.receipts import PrintedReceipt


@dataclass(frozen=True)
class ReceiptFile(Later):
    """What a view answers to show a receipt, drawn outside of its transaction."""

    receipt: PrintedReceipt

    def made(self) -> Response:
        """The PDF."""
        drawn = services().press.draw(self.receipt.source, self.receipt.values)
        return shown(drawn, self.receipt.name)
