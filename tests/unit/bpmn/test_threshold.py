"""When a warning is due: a share of the time used, or the working time left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.threshold import Threshold, levels
from bpmn.time_limit import TimeLimitError

TEXTS = st.one_of(
    st.integers(1, 99).map("{}%".format),
    st.integers(1, 20_880).map("{} hours".format),
    st.decimals("0.01", "2610", places=2).map("{} working_days".format),
)


@given(text=TEXTS)
def test_its_text_reads_back(text: str) -> None:
    threshold = Threshold.parse(text)
    assert Threshold.parse(str(threshold)) == threshold


def test_it_is_said_as_staff_do() -> None:
    assert Threshold.parse("80%").in_words() == "đã dùng 80% thời hạn"
    assert Threshold.parse("1.5 hours").in_words() == "còn 1,5 giờ làm việc"


@pytest.mark.parametrize(
    "text",
    ["", "0%", "100%", "5.5%", "-5%", "٣%", "80 %", "80%\n", "0 hours", "15 days", "same_day", "5"],
)
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(TimeLimitError):
        Threshold.parse(text)


@given(value=st.recursive(st.none() | st.booleans() | st.floats() | st.text() | TEXTS, st.lists))
def test_a_list_of_levels_is_read_or_refused(value: object) -> None:
    try:
        found = levels(value)
    except TimeLimitError:
        return
    assert isinstance(value, list)
    assert [Threshold.parse(text) for text in value] == list(found)
