"""Results and refusals on their way."""

from api.fields import Answers, Choice, Code, In, Text, Whole
from api.v1.schemas.dossiers import FormIn
from api.v1.schemas.means import MeansIn
from api.v1.schemas.substitutions import MOST_ID
from bpmn.steps import Paper

_SYMBOL = ("[A-ZĐ0-9][A-ZĐ0-9.&-]*", "Ký hiệu gồm chữ hoa, số, dấu gạch.")


class DrawUpIn(In):
    """Soạn kết quả hoặc văn bản từ chối theo mẫu của thủ tục; có `upload` thì dùng tệp PDF ấy."""

    paper = Choice(Paper, required=True)
    upload = Code()
    form = Answers(load_default=dict, metadata={"description": "Biểu mẫu chưa hoàn thành."})
    signer = Whole(1, MOST_ID, metadata={"description": "Người ký, ghi tên trên văn bản."})
    title = Text(100, 1, load_default="Chủ tịch")


class SignTaskIn(FormIn, MeansIn):
    """Biểu mẫu của việc ký duyệt, và ký bằng gì."""


class SealTaskIn(MeansIn, FormIn):
    """Biểu mẫu của việc đóng dấu, ký hiệu (bỏ trống: theo thủ tục), và ký bằng gì."""

    form = Answers(load_default=dict)
    symbol = Text(
        20, 1, load_default=None, pattern=("[A-ZĐ0-9][A-ZĐ0-9.&-]*", "Chữ hoa, số, gạch.")
    )
