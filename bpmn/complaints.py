"""What the library says of a wrong diagram, said in Vietnamese for those who drew it."""

import re

_WORDS = (
    (
        r"Non-default exclusive outgoing sequence flow without condition",
        "Nhánh không mặc định phải có điều kiện.",
    ),
    (
        r"Multiple outgoing flows are not supported",
        "Phần tử này chỉ có một mũi tên ra; hãy dùng cổng để rẽ nhánh.",
    ),
    (
        r'No DMN Diagram available with id "(?P<name>.*?)"',
        "Không có bảng quyết định «{name}»; hãy thêm tệp DMN có mã này.",
    ),
    (r'No "calledElement" attribute', "Chưa chọn công đoạn để gọi (calledElement)."),
    (
        r"The process '(?P<name>.*?)' was not found",
        "Không có quy trình hoặc công đoạn «{name}»; hãy kiểm tra mã (id).",
    ),
    (r"is not executable", "Quy trình phải được đánh dấu chạy được (isExecutable)."),
    (r"Duplicate process ID: (?P<name>\S+)", "Mã quy trình «{name}» bị trùng; hãy đặt mã khác."),
    (
        r"attribute 'id': '(?P<name>.*?)' is not a valid value of the atomic type 'xs:ID'",
        "Mã phần tử «{name}» bị trùng hoặc có ký tự lạ; hãy đặt mã khác.",
    ),
    (r"Exactly one start event is required", "Quy trình con phải có đúng một sự kiện bắt đầu."),
    (r"must contain an End event", "Quy trình con phải có sự kiện kết thúc."),
    (r"Malformed Output Expression", "Ô kết quả sai cú pháp; hãy ghi một giá trị hoặc phép tính."),
    (r"Multiple decision tables", "Mỗi tệp DMN chỉ được có một bảng quyết định."),
)


def in_vietnamese(complaint: str) -> tuple[str | None, str]:
    """Which element it concerns, where the complaint says so, and the sentence for people."""
    for pattern, sentence in _WORDS:
        if found := re.search(pattern, complaint, re.IGNORECASE):
            names = found.groupdict()
            return names.get("name"), sentence.format(**names)
    return None, f"Bản vẽ không đúng chuẩn BPMN: {complaint.strip().rstrip('.')}."
