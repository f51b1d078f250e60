"""The name tagger with the shipped model, on invented texts."""

from __future__ import annotations

import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from maskwell.detection.ner import NameTagger, TaggedSpan


@pytest.fixture(scope="module")
def tagger() -> NameTagger:
    return NameTagger()


def _found(tagger: NameTagger, text: str) -> set[tuple[str, str]]:
    return {(span.label, text[span.start : span.end]) for span in tagger.tag(text)}


PEOPLE = [
    (
        "in a sentence",
        "Yesterday I met Ottoline Barraclough at the dentist.",
        "Ottoline Barraclough",
    ),
    ("lower case", "can you tell deborah finch that the keys are with me", "deborah finch"),
    ("upper case", "PLEASE CALL MARGARET HOLLOWAY BEFORE NOON", "MARGARET HOLLOWAY"),
    ("title outside", "I was seen by Dr. Hallgrimsson on the ward.", "Hallgrimsson"),
    ("hyphen", "Thanks, Anne-Sophie Keller-Marchetti", "Anne-Sophie Keller-Marchetti"),
    ("particle", "The flat belongs to Joost van der Velde.", "Joost van der Velde"),
    ("apostrophe", "Minutes taken by Siobhan O'Halloran", "Siobhan O'Halloran"),
    ("after a label", "Name: Ravi Chandrasekhar\nRoom: 12", "Ravi Chandrasekhar"),
    ("in code", 'user = {"name": "Petra Novakova", "active": true}', "Petra Novakova"),
    ("accents", "Gruß an Jörg Müllenbach!", "Jörg Müllenbach"),
    ("initial", "Signed, T. Abernathy", "T. Abernathy"),
]


@pytest.mark.parametrize(("text", "name"), [c[1:] for c in PEOPLE], ids=[c[0] for c in PEOPLE])
def test_a_person_is_found_whole(tagger: NameTagger, text: str, name: str) -> None:
    found = _found(tagger, text)

    assert ("PERSON", name) in found


OTHERS = [
    ("place", "We moved to Ljubljana last year.", "PLACE", "Ljubljana"),
    (
        "company",
        "I work for Brightwater Logistics Ltd in sales.",
        "ORG",
        "Brightwater Logistics Ltd",
    ),
    ("street", "Please send it to 14 Tannery Lane, thanks.", "ADDRESS", "14 Tannery Lane"),
    ("birth", "Patient: Ines Roth, date of birth: 12/03/1984", "DOB", "12/03/1984"),
    ("age", "My neighbour is 67 years old.", "AGE", "67"),
    ("password", "the wifi password is Marmalade77! by the way", "SECRET", "Marmalade77!"),
]


@pytest.mark.parametrize(
    ("text", "label", "value"), [c[1:] for c in OTHERS], ids=[c[0] for c in OTHERS]
)
def test_what_context_decides_is_found(
    tagger: NameTagger, text: str, label: str, value: str
) -> None:
    spans = tagger.tag(text)

    assert any(s.label == label and value in text[s.start : s.end] for s in spans)


SILENT = [
    ("ordinary words", "Will you mark the bill? I hope it may rest until the grant is paid."),
    ("code", "def merge_frames(left, right):\n    return FrameBuilder(left).join(right)"),
    ("recipe", "Season with rosemary and sage, then serve with Caesar salad."),
    ("chess", "The Sicilian Defence scores better than the Caro-Kann at this level."),
    ("heading", "Terms and Conditions\n\nLimitation of Liability"),
    ("question", "What is the difference between a list and a tuple?"),
    ("law", "Amdahl's law and Moore's law are often confused."),
]


@pytest.mark.parametrize("text", [c[1] for c in SILENT], ids=[c[0] for c in SILENT])
def test_text_about_nobody_is_left_alone(tagger: NameTagger, text: str) -> None:
    spans = tagger.tag(text)

    assert spans == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n" * 500,
        "\u0301" * 999,
        "\x00\x01\x02",
        "7" * 5000,
        "a" * 5000,
        "\udc80",
        "👩‍👩‍👧" * 400,
    ],
    ids=[
        "empty",
        "space",
        "lines",
        "marks",
        "controls",
        "digits",
        "one word",
        "surrogate",
        "emoji",
    ],
)
def test_odd_text_gives_nothing_and_no_error(tagger: NameTagger, text: str) -> None:
    spans = tagger.tag(text)

    assert spans == []


def test_offsets_count_lone_surrogates_and_astral_characters(tagger: NameTagger) -> None:
    text = "\ud83d🦊 my name is Henrietta Oduya \udfff"

    found = _found(tagger, text)

    assert ("PERSON", "Henrietta Oduya") in found


def test_an_end_keeps_the_marks_of_its_last_letter(tagger: NameTagger) -> None:
    text = "I am Marguerite Leveque\u0301 and this is my letter."

    found = _found(tagger, text)

    assert ("PERSON", "Marguerite Leveque\u0301") in found


@pytest.mark.parametrize("mark", ["> ", ">", "- ", "* ", "| ", "// ", "=", "\t"])
def test_marks_before_a_name_stay_outside(tagger: NameTagger, mark: str) -> None:
    text = f"{mark}Rosalind Achterberg wrote this."

    starts = [s.start for s in tagger.tag(text) if s.label == "PERSON"]

    assert starts == [len(mark)]


def test_a_long_text_is_read_to_its_end(tagger: NameTagger) -> None:
    filler = "The committee met again and nothing was decided about the roof. "
    text = filler * 200 + "The minutes were written by Philippa Osgood. " + filler * 3

    found = _found(tagger, text)

    assert ("PERSON", "Philippa Osgood") in found


def test_a_name_is_found_wherever_a_window_may_end(tagger: NameTagger) -> None:
    filler = "and then we went on for a while without a stop "
    missed = []
    for shift in range(0, 120, 7):
        text = filler * 11 + "x" * shift + " with my cousin Leopold Strandberg again " + filler * 4
        if ("PERSON", "Leopold Strandberg") not in _found(tagger, text):
            missed.append(shift)

    assert missed == []


def test_spans_are_sorted_and_apart_in_text_of_many_windows(tagger: NameTagger) -> None:
    text = "Ada Quill wrote to Bram Ooster from Utrecht, and Cleo Banda answered. " * 60

    spans = tagger.tag(text)

    assert len(spans) > 180
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(0.0 <= span.score <= 1.0 for span in spans)


def test_a_threshold_of_one_silences_a_label() -> None:
    strict = NameTagger(thresholds={"PERSON": 1.01})

    found = {label for label, _ in _found(strict, "Ada Quill lives in Utrecht.")}

    assert "PERSON" not in found
    assert "PLACE" in found


def test_the_same_text_gives_the_same_spans(tagger: NameTagger) -> None:
    text = "Forward this to Beatrix Lunde at Halvorsen Marine AS."

    first, second = tagger.tag(text), tagger.tag(text)

    assert first == second
    assert all(isinstance(span, TaggedSpan) for span in first)


def test_threads_may_share_a_tagger(tagger: NameTagger) -> None:
    texts = [f"Please ask Leonie Castellano {n} times about Tromsø." for n in range(12)]
    alone = [tagger.tag(text) for text in texts]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(tagger.tag, texts))

    assert together == alone
    assert all(spans for spans in alone)


def test_importing_the_tagger_loads_no_runtime() -> None:
    code = (
        "import sys, maskwell.detection.ner; "
        "print([m for m in ('numpy', 'onnxruntime', 'tokenizers') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
