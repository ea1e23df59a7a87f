"""A report that nobody counted: every kind of cell, and names that mean harm."""

from datetime import UTC, date, datetime

from engine.model.report import Body, Cell, Check, Column, Kind, Period, Rate, Report, Row, Value

HARM = "=HYPERLINK(\"http://x.example\")|' /C calc'!A0\x07"
OF = "hồ sơ tiếp nhận trong kỳ"
COLUMNS = (
    Column("all", "Tổng số", group="Tiếp nhận", number="(3)"),
    Column("online", "Trực tuyến", group="Tiếp nhận", number="(4)"),
    Column("share", "Tỷ lệ", Cell.RATE),
    Column("money", "Số tiền", Cell.MONEY),
    Column("time", "Thời gian", Cell.SPAN),
)


def report(rows: int = 1, holds: bool = True) -> Report:
    """One with so many rows, the first of them with a name that means harm."""
    return Report(
        kind=Kind.ONLINE,
        title="Hồ sơ tiếp nhận trực tuyến",
        form="II.06a/VPCP/KSTT",
        agency=Body("H40.30.01", "Ủy ban nhân dân xã Mai Lâm", "Ủy ban nhân dân tỉnh"),
        period=Period(date(2022, 12, 15), date(2023, 3, 14)),
        columns=COLUMNS,
        rows=tuple(_row(f"r{n}", f"Lĩnh vực {n}" if n else HARM, n % 2) for n in range(rows)),
        total=_row("total", "Tổng cộng"),
        checks=(Check("(3) = (7) + (11)", "278 = 272 + 6.", holds),),
        notes=("Một ghi chú.",),
        counted_at=datetime(2023, 3, 15, 1, tzinfo=UTC),
    )


def _row(key: str, label: str, depth: int = 0) -> Row:
    cells: dict[str, Value] = {"all": 1278, "online": 250, "money": 1_250_000, "time": 45_000}
    return Row(key, label, {**cells, "share": Rate(250, 278, OF)}, depth)
