"""What the engine refuses where days off and working hours are announced."""

from engine.errors import EngineError, Kind


class AnnouncementInvalid(EngineError):
    """Chưa công bố được, chưa có gì thay đổi. {said}."""

    kind = Kind.INVALID
    code = "announcement_invalid"

    def __init__(self, fields: dict[str, list[str]]) -> None:
        said = " ".join(message for messages in fields.values() for message in messages)
        super().__init__(said=said.removesuffix("."), fields=fields)


class AnnouncementUnknown(EngineError):
    """Không có công bố lịch số {announcement}. Hãy kiểm tra lại danh sách công bố."""

    kind = Kind.NOT_FOUND
    code = "announcement_unknown"
