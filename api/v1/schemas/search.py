"""Search."""

from api.fields import Text
from api.paging import PageIn


class SearchIn(PageIn):
    """Ô tìm kiếm."""

    q = Text(
        200,
        1,
        required=True,
        metadata={
            "description": "Mã hồ sơ hoặc phần cuối của mã, họ tên (không cần dấu, từ chữ nào cũng"
            " được), số định danh, số điện thoại."
        },
    )
