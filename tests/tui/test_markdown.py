"""Markdown becomes styled text in which nothing acts."""

from __future__ import annotations

import pytest

from maskwell.tui.layout import laid_out
from maskwell.tui.markdown import blocks_of
from maskwell.tui.values import MarkedText, Value


def lines(source: str, width: int = 40) -> list[str]:
    return [line.content.plain.rstrip() for line in laid_out(blocks_of(MarkedText(source)), width)]


def with_value(source: str, value: str) -> MarkedText:
    start = source.index(value)
    return MarkedText(source, (Value(start, start + len(value), "[PERSON_1CC]"),))


def test_lists_keep_their_bullets_numbers_and_depth() -> None:
    shown = lines("- one\n- two\n  - inner\n\n3. three\n4. four")

    assert shown == ["• one", "• two", "  ◦ inner", "3. three", "4. four"]


def test_a_wrapped_list_item_hangs_under_its_text() -> None:
    assert lines("- alpha beta gamma delta", width=14) == ["• alpha beta", "  gamma delta"]


def test_a_quotation_keeps_its_bar_on_every_line() -> None:
    assert lines("> alpha beta\n> gamma") == ["▏ alpha beta", "▏ gamma"]


def test_code_is_kept_character_by_character() -> None:
    shown = lines('```python\nif x < 1:\n    print("[b]*no*[/b]")\n```')

    assert shown[0].split() == ["python", "copy"]
    assert shown[1:] == [" if x < 1:", '     print("[b]*no*[/b]")']


def test_a_table_is_set_in_columns_that_fit() -> None:
    shown = lines("| name | what |\n|---|---|\n| a | a long cell that must wrap |", width=24)

    assert shown[0].split() == ["name", "what"]
    assert all(len(line) <= 24 for line in shown)
    assert "wrap" in " ".join(shown)


@pytest.mark.sec
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[pay](https://evil.example/x)", "pay ⟨https://evil.example/x⟩"),
        ("[pay](javascript:alert(1))", "[pay](javascript:alert(1))"),
        ("<https://a.example/>", "https://a.example/"),
        ("![cat](http://t.example/p.png)", "[image not fetched: cat"),
        ("<img src=x onerror=y>", "<img src=x onerror=y>"),
        ("[x]: http://r.example\n\n[x]", "x ⟨http://r.example⟩"),
    ],
)
def test_links_and_images_are_words_with_their_real_target_link(source: str, expected: str) -> None:
    blocks = blocks_of(MarkedText(source))

    assert "\n".join(lines(source, width=60)).startswith(expected)
    for block in blocks:
        for span in block.content.spans:
            assert "@click" not in str(span.style)
            assert "link" not in str(span.style)


@pytest.mark.sec
@pytest.mark.parametrize("markup", ["[PERSON_7QX]", "[@click=app.quit]go[/]", "[/x]", "\x1b[2Jx"])
def test_markup_and_escapes_in_a_reply_stay_inert_markup(markup: str) -> None:
    [line] = lines(f"before {markup} after")

    assert line == f"before {markup} after".replace("\x1b", "␛")


def test_a_value_is_never_read_as_markdown() -> None:
    marked = with_value("Dear *_J_* `x` <b> # and more", "*_J_* `x` <b> #")

    [block] = blocks_of(marked)

    assert block.content.plain == "Dear *_J_* `x` <b> # and more"
    assert any("underline" in str(span.style) for span in block.content.spans)


def test_a_value_inside_code_and_bold_is_marked_too() -> None:
    in_code = blocks_of(with_value("`Jane Doe`", "Jane Doe"))[0].content
    in_bold = blocks_of(with_value("**Jane Doe**", "Jane Doe"))[0].content

    for content in (in_code, in_bold):
        assert content.plain == "Jane Doe"
        assert any("$private" in str(span.style) for span in content.spans)


def test_tokens_are_shown_when_asked_for() -> None:
    [block] = blocks_of(with_value("Dear Jane", "Jane"), tokens=True)

    assert block.content.plain == "Dear [PERSON_1CC]"


@pytest.mark.parametrize("width", [4, 10, 23, 60, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    source = (
        "# A heading of some length\n\n> - " + "word " * 30 + "x" * 300 + "\n\n"
        "```\n" + "y" * 300 + "\n```\n\n| a | b |\n|--|--|\n| " + "c " * 50 + "| d |"
    )

    for line in laid_out(blocks_of(MarkedText(source)), max(width, 20)):
        assert line.content.cell_length <= max(width, 20)


def test_only_private_values_are_underlined_in_code() -> None:
    [block] = blocks_of(with_value('```python\ndef f():\n    return "Jane Doe"\n```', "Jane Doe"))

    underlined = [
        block.content.plain[span.start : span.end]
        for span in block.content.spans
        if "underline" in str(span.style)
    ]
    assert underlined == ["Jane Doe"]
