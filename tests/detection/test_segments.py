"""Values told by their place alone: in messages of clinics and trade, and in travel documents."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector

HL7 = (
    "MSH|^~\\&|LAB|WEST|HIS|WEST|20240105||ADT^A04|7|P|2.5\r"
    "\nPID|1||88271^^^WEST^MR||Marsh^Autumn^J||19751130|F|||3 Alder Row^^Wells^SO^97301||5035550142"
    "\nPV1|1|O|||||1234567893^Ferrant^Oona\n"
)
X12 = (
    "ST*837*0001~NM1*IL*1*MARSH*AUTUMN****MI*XK77120~N3*3 ALDER ROW~N4*WELLS*OR*97301~"
    "DMG*D8*19751130*F~PER*IC*OONA FERRANT*TE*5035550142~"
)
EDIFACT = (
    "UNH+1+PAXLST:D:02B'NAD+FL+++MARSH:AUTUMN+3 ALDER ROW+WELLS++97301+US'DTM+329:751130'"
    "DOC+P+XK771204'"
)
CARD = (
    "BEGIN:VCARD\nN:Marsh;Autumn;;;\nADR;TYPE=HOME:;;3 Alder Row;Wells;OR;97301;USA\n"
    "TEL;TYPE=CELL:5035550142\nBDAY:19751130\nEND:VCARD"
)


@pytest.fixture(scope="module")
def rules() -> Detector:
    return Detector(names=False)


def values(rules: Detector, text: str) -> set[str]:
    return {text[f.start : f.end] for f in rules.detect(text)}


@pytest.mark.parametrize(
    ("text", "private"),
    [
        (HL7, "88271,Marsh,Autumn,19751130,3 Alder Row,Wells,97301,5035550142,Ferrant,Oona"),
        (X12, "MARSH,AUTUMN,XK77120,3 ALDER ROW,WELLS,97301,19751130,OONA FERRANT,5035550142"),
        (EDIFACT, "MARSH,AUTUMN,3 ALDER ROW,WELLS,97301,751130,XK771204"),
        (CARD, "Marsh,Autumn,3 Alder Row,Wells,97301,5035550142,19751130"),
        ("M1MARSH/AUTUMN        EABC123 YULFRAAC 0834 326J001A0025 100", "MARSH/AUTUMN,ABC123"),
    ],
)
def test_a_place_tells_what_stands_there(rules: Detector, text: str, private: str) -> None:
    assert set(private.split(",")) <= values(rules, text)


def test_a_travel_document_gives_its_holder(rules: Detector) -> None:
    check = "731" * 3
    number = "XK7712045"
    proof = sum(int(c, 36) * int(w) for c, w in zip(number, check, strict=True)) % 10
    birth = sum(int(c) * int(w) for c, w in zip("751130", check, strict=False)) % 10
    second = f"{number}{proof}UTO751130{birth}F3001019{'<' * 14}04"
    text = f"P<UTOMARSH<<AUTUMN<JUNE{'<' * 21}\n{second}\n"

    assert {"MARSH<<AUTUMN<JUNE", number, "751130"} <= values(rules, text)
    assert number not in values(rules, text.replace(f"{number}{proof}", f"{number}{9 - proof}"))


@pytest.mark.parametrize(
    "text",
    [
        "Reading PID|1 in a shell: ps | grep PID | sort",
        "NM1*2 and N3*4 are products.\nNM1*PI*2*EXAMPLE PAYER*****PI*~",
        "a << b << c <<<<\nHEREDOC<<EOF<<",
        "git conflict\n<<<<<<< HEAD\nA<<B<<\n=======\n>>>>>>> main",
        "M1 has 8 cores / M2 has 10 cores",
        "NAD+ is a coenzyme, NADH+H too",
        "DTM+137:20240105:102'RFF+ON:77'NAD+",
        "Use ADR;TYPE=HOME in a card",
        "BEGIN:VCARD\nVERSION:4.0\nPRODID:-//Example//EN\nREV:20240105T000000Z\nEND:VCARD",
        "MSH|^~\\&|LAB|WEST\nOBX|1|NM|718-7^Hemoglobin||13.2|g/dL\n",
    ],
)
def test_signs_of_something_else_are_left(rules: Detector, text: str) -> None:
    dated = {"20240105", "20240105T000000Z"}

    assert values(rules, text) - dated == set()
