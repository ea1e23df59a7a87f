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
    (
        r"Element '(?:\{[^}]*\})?(?P<name>\w+)': This element is not expected",
        "Phần tử «{name}» không có trong chuẩn BPMN, hoặc không được đứng ở đây.",
    ),
    (
        r"The attribute '(?:\{[^}]*\})?(?P<name>[\w-]+)' is not allowed",
        "Thuộc tính «{name}» không có trong chuẩn BPMN.",
    ),
    (
        r"The attribute '(?P<name>[\w-]+)' is required but missing",
        "Phần tử thiếu thuộc tính «{name}».",
    ),
    (
        r"'(?P<name>[^']*)' is not a valid value of the atomic type 'xs:(?:double|int|boolean)'",
        "Giá trị «{name}» không đúng kiểu số hoặc đúng sai.",
    ),
    (r"must contain an End event", "Quy trình con phải có sự kiện kết thúc."),
    (r"Malformed Output Expression", "Ô kết quả sai cú pháp; hãy ghi một giá trị hoặc phép tính."),
    (r"Multiple decision tables", "Mỗi tệp DMN chỉ được có một bảng quyết định."),
)


_XML_WORDS = (
    (r"Document is empty|Start tag expected|no element found", "tệp trống hoặc không phải XML"),
    (r"Excessive depth", "các phần tử lồng nhau quá sâu"),
    (r"amplification|entity reference loop", "thực thể (entity) lồng nhau vô hạn"),
    (r"Entity '(?P<name>.*?)' not defined", "thực thể «{name}» chưa được khai báo"),
    (r"Invalid bytes|not proper UTF-8|encoder error", "ký tự không đúng bảng mã mà tệp khai báo"),
    (r"[Uu]nsupported encoding:? (?P<name>[^,]+)", "bảng mã «{name}» chưa được hỗ trợ"),
    (r"out of allowed range|invalid xmlChar|PCDATA invalid", "có ký tự không được phép trong XML"),
    (r"Attribute (?P<name>\S+) redefined", "thuộc tính «{name}» ghi hai lần trong một phần tử"),
    (r"Namespace prefix (?P<name>\S+) .*not defined", "tiền tố «{name}» chưa được khai báo"),
    (r"xmlns:?(?P<name>\S*): .* is not a valid URI", "địa chỉ của tiền tố «{name}» không hợp lệ"),
    (r"Opening and ending tag mismatch: (?P<name>\S+)", "thẻ «{name}» không khớp thẻ đóng"),
    (r"Premature end|Couldn't find end", "tệp bị cắt cụt"),
    (r"Extra content at the end", "có nội dung thừa sau phần tử gốc"),
    (r"AttValue|attributes construct|Couldn't find|not well-formed", "viết sai cú pháp XML"),
)


def xml_in_vietnamese(complaint: str) -> str:
    """What the XML parser says of a file, as a clause for people."""
    for pattern, clause in _XML_WORDS:
        if found := re.search(pattern, complaint):
            return f"{clause.format(**found.groupdict())}."
    said = re.sub(r", line \d+, column \d+$", "", complaint)
    return f"viết sai cú pháp XML ({said})."


def in_vietnamese(complaint: str) -> tuple[str | None, str]:
    """Which element it concerns, where the complaint says so, and the sentence for people."""
    for pattern, sentence in _WORDS:
        if found := re.search(pattern, complaint, re.IGNORECASE):
            names = found.groupdict()
            return names.get("name"), sentence.format(**names)
    return None, f"Bản vẽ không đúng chuẩn BPMN: {complaint.strip().rstrip('.')}."
