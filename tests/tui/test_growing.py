"""A growing reply is laid out piece by piece as the whole would be."""

from __future__ import annotations

import pytest

from maskwell.tui.growing import GrowingText
from maskwell.tui.layout import laid_out
from maskwell.tui.markdown import blocks_of
from maskwell.tui.values import MarkedText, Value

TEXT = (
    "# Title\n\nA paragraph with **bold** words that is long enough to wrap over two rows.\n\n"
    "- one\n- two\n\n```python\na = 1\n\n\nb = 2\n```\n\n> quoted\n\nThe end for Jane Doe."
)


def rows(text: MarkedText, width: int) -> list[str]:
    return [line.content.plain for line in laid_out(blocks_of(text), width)]


@pytest.mark.parametrize("step", [1, 7, 50])
def test_every_length_ends_as_the_whole_text_does(step: int) -> None:
    growing = GrowingText()
    end = len(TEXT)
    whole = MarkedText(TEXT, (Value(end - 9, end - 1, "[PERSON_1QX]"),))

    for length in range(0, end, step):
        growing.lines(whole.cut(length), 40, tokens=False)

    last = growing.lines(whole, 40, tokens=False)
    assert [line.content.plain for line in last] == rows(whole, 40)


def test_another_width_or_tokens_lay_everything_out_anew() -> None:
    growing = GrowingText()
    end = len(TEXT)
    whole = MarkedText(TEXT, (Value(end - 9, end - 1, "[PERSON_1QX]"),))
    growing.lines(whole, 40, tokens=False)

    narrow = growing.lines(whole, 20, tokens=True)

    assert any("[PERSON_1QX]" in line.content.plain for line in narrow)
    assert all(len(line.content.plain) <= 20 for line in narrow)
