"""Words of another tongue in its own well-written prose, in which a model sees names.

Every person is invented.
"""

from __future__ import annotations

import re

import pytest

from maskwell.detection.other_tongues import is_unreadable, is_word_of_a_tongue, stands_in

_MANUAL = (
    "Das Programm liest die Datei und schreibt sie in den Ordner. Wenn der Name nicht passt,\n"
    "wird eine Meldung gezeigt. {} ist eine Möglichkeit für den, der mit der Zeile spart.\n"
    "Es wird nicht gefragt. Jede Datei, die nicht im Ordner ist, wird mit dem Namen genannt.\n"
    "Dann ist das Programm zu Ende und gibt die Zahl der Meldungen aus, die es gezeigt hat.\n"
)


def span(text: str, value: str) -> tuple[int, int]:
    start = text.index(value)
    return start, start + len(value)


@pytest.mark.parametrize(
    ("text", "value", "is_prose"),
    [
        ("注意,编译器在检查表达式是否涵盖了所有模式时,不会考虑条件。", "考虑", True),
        ("เพิ่มไฟล์ลงในโฟลเดอร์แล้วเริ่มบริการใหม่", "โฟลเดอร์", True),
        ("أضف الملف إلى المجلد ثم أعد تشغيل الخدمة", "المجلد", True),
        ("Yesterday I met 王小明 at the market", "王小明", False),
        ("Name: 王小明", "王小明", False),
        ("with محمد العبدالله and the others", "محمد العبدالله", False),
        ("Gesa Lindqvist left", "Gesa", False),
    ],
)
def test_a_script_amid_its_own_prose_is_not_read(text: str, value: str, *, is_prose: bool) -> None:
    assert is_unreadable(text, *span(text, value)) is is_prose


@pytest.mark.parametrize(
    ("value", "is_word"),
    [
        ("Auch sparsam", True),
        ("Meldungen", False),
        ("Nicht", True),
        ("ohne jede zeile", True),
        ("Gesa Lindqvist", False),
        ("Gesa", False),
    ],
)
def test_a_small_word_of_well_written_prose_is_no_name(value: str, *, is_word: bool) -> None:
    text = _MANUAL.format(value)

    assert is_word_of_a_tongue(text, *span(text, value), 0.8) is is_word


def test_a_name_in_small_letters_is_one_where_all_is_small_or_english() -> None:
    small = _MANUAL.format("gesa").lower()
    english = "The file is read and it is written to the disk. Then gesa came to see. " * 5
    message = "Dile a la jefa que rocío no puede venir por la tarde, que está con el niño."

    assert is_word_of_a_tongue(_MANUAL.format("oder"), *span(_MANUAL.format("oder"), "oder"), 0.99)
    assert not is_word_of_a_tongue(small, *span(small, "gesa"), 0.8)
    assert not is_word_of_a_tongue(english, *span(english, "gesa"), 0.8)
    assert not is_word_of_a_tongue(message, *span(message, "rocío"), 0.8)
    assert not is_word_of_a_tongue(
        _MANUAL.format("gesa"), *span(_MANUAL.format("gesa"), "gesa"), 0.98
    )


@pytest.mark.parametrize(
    ("text", "value", "score", "is_word"),
    [
        ("Dan is niet op het werk want hij is met de auto en een kind bij ons.", "Dan", 0.7, False),
        ("Niet op het werk want hij is met de auto en een kind bij ons.", "Niet", 0.7, True),
        ("Und das ist für die Oma mit dem Kind nicht eine Last.", "Und", 0.7, True),
        ("Und das ist für die Oma mit dem Kind nicht eine Last.", "Und", 0.91, False),
        (_MANUAL.format("Nicht"), "Nicht", 0.91, False),
        (_MANUAL.format("Per"), "Per", 0.6, False),
        (_MANUAL.format("Eine"), "Eine", 0.6, True),
    ],
)
def test_a_small_word_that_people_are_called_is_kept(
    text: str, value: str, score: float, *, is_word: bool
) -> None:
    assert is_word_of_a_tongue(text, *span(text, value), score) is is_word


def test_a_heading_that_the_model_is_sure_of_is_a_name() -> None:
    text = "Intro.\n\nQUELLMALZ\n   Admitted on Tuesday\n"

    assert is_word_of_a_tongue(text, *span(text, "QUELLMALZ"), 0.9)
    assert not is_word_of_a_tongue(text, *span(text, "QUELLMALZ"), 0.95)


def test_a_name_looked_for_in_small_letters_stays_in_no_pattern() -> None:
    text = _MANUAL.format("Quellmalzine")
    re.purge()

    assert not is_word_of_a_tongue(text, *span(text, "Quellmalzine"), 0.8)
    assert "quellmalzine" not in repr(vars(re)["_cache"])


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("am ende war licht", "licht", True),
        ("licht", "licht", True),
        ("das lichtlein und zwielicht", "licht", False),
        ("zwielicht und licht", "licht", True),
        ("licht_an", "licht", False),
        ("", "licht", False),
    ],
)
def test_a_word_stands_in_a_text_by_itself(text: str, word: str, *, stands: bool) -> None:
    assert stands_in(text, word) is stands
