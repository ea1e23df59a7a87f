"""The letter to administrators and auditors when anchors wait."""

from datetime import datetime

from engine.letters.letter import Letter, greeting, moment_text

PATH = "/kiem-tra/moc-neo"


def anchors_wait(full_name: str, name: str, since: datetime, reason: str) -> Letter:
    """What does not work, since when, and why."""
    body = (
        f"{greeting(full_name)}\n\n"
        f"Mốc neo hằng ngày của các sổ hồ sơ đang chờ vì bước «{name}» chưa làm được từ"
        f" {moment_text(since)}:\n\n{reason}\n\n"
        "Các mốc neo đã lấy không mất và sẽ được làm tiếp khi bước ấy làm được. Chừng nào còn chờ,"
        " những gì ghi vào sổ từ đó chưa được niêm phong với bên ngoài.\n"
    )
    return Letter("Mốc neo của các sổ hồ sơ đang chờ", body, PATH)
