"""Diagrams of a dossier."""

from marshmallow import fields

from api.fields import Out


class DrawingOut(Out):
    """Một bản vẽ, với các phần tử (id) đang làm, đang chờ và đã làm."""

    name = fields.String(metadata={"description": "Tên để lấy bản vẽ."})
    title = fields.String(metadata={"description": "Công đoạn; trống là bản vẽ chính."})
    current = fields.List(fields.String())
    waiting = fields.List(fields.String())
    done = fields.List(fields.String())


class DrawingListOut(Out):
    """Bản vẽ chính, rồi các công đoạn mà hồ sơ đang ở trong."""

    items = fields.List(fields.Nested(DrawingOut))
