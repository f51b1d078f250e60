"""English prose of work: what a sentence, a label or a habit of writing gives away."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector
from maskwell.detection.machine_text import is_of_code


@pytest.fixture(scope="module")
def rules() -> Detector:
    return Detector(names=False)


def found(rules: Detector, text: str) -> set[tuple[str, str]]:
    return {(f.entity_type.value, text[f.start : f.end]) for f in rules.detect(text)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("it was the third of June nineteen seventy-one.", "DATE",
         "the third of June nineteen seventy-one"),
        ("on September the twenty-second we met", "DATE", "September the twenty-second"),
        ("born october first two thousand and three", "DATE",
         "october first two thousand and three"),
        ("write to ana dot bell at example dot org", "EMAIL", "ana dot bell at example dot org"),
        ("reach us at ana dot bell at example dot org", "EMAIL", "ana dot bell at example dot org"),
        ("it is t dash reyes at example dot net", "EMAIL", "t dash reyes at example dot net"),
        ("ask for payroll on ext. 3320", "PHONE", "3320"),
        ("desk phone (extension 50312)", "PHONE", "50312"),
        ("user ACME\\jbell is locked out", "USERNAME", "ACME\\jbell"),
        ("login: HQ-EAST\\t.bell", "USERNAME", "HQ-EAST\\t.bell"),
        ("PNC 07/44120K was checked", "ID", "07/44120K"),
        ("her frequent flyer LH 440 118 902", "ID", "LH 440 118 902"),
        ("hosp no QX 448120", "ID", "QX 448120"),
        ("rego for the van is 7XY 8ZB", "VEHICLE", "7XY 8ZB"),
        ("an account with Halden Mutual, number 55779911", "BANK", "55779911"),
        ("the account at Second County Bank (no. 004477120)", "BANK", "004477120"),
        ("of Rose Cottage, Fore Street, and", "ADDRESS", "Rose Cottage, Fore Street"),
        ("to Low Grange Farm, Ings Lane.", "ADDRESS", "Low Grange Farm, Ings Lane"),
        ("Dear Councillor Hale,\n\nThe hedge", "PERSON", "Hale"),
        ("Dear Mr Warden,\n\nThe hedge", "PERSON", "Mr Warden"),
        ("Name: Efua Bell Pronouns: she/her", "PERSON", "Efua Bell"),
        ("MRS EFUA BELL     Claimant", "PERSON", "MRS EFUA BELL"),
        ("Patient: Efua Bell\n\nand the Bells came", "PERSON", "Efua Bell"),
        ("spoke to TP Mrs Efua Bell today", "PERSON", "Mrs Efua Bell"),
        ("met with Ms Efua Bell (ebell2)", "USERNAME", "ebell2"),
        ("met with Ms Efua Okonjo (login: okonjoe)", "USERNAME", "okonjoe"),
        ("pay it to 55779911, 20-11-43 please", "BANK", "55779911, 20-11-43"),
        ("pay it to 20-11-43 / 55779911 please", "BANK", "20-11-43 / 55779911"),
        ("the claim HLD/2025/77120 is open", "ID", "HLD/2025/77120"),
        ("under policy KX-4410-0092 he", "ID", "KX-4410-0092"),
        ("her ISA (55779911, sort 20-11-43)", "BANK", "55779911, sort 20-11-43"),
        ("Juror No. 00772 was late", "ID", "00772"),
        ("pension ref 77-1184K", "ID", "77-1184K"),
        ("ref LK/0044/771; yours", "ID", "LK/0044/771"),
        ("please bleep 4471", "PHONE", "4471"),
        ("a new boy (goes by Femi)", "PERSON", "Femi"),
        ("to Dr. Okonjo of 12 St. John Dr, York", "ADDRESS", "12 St. John Dr"),
        ("user t.okonjo.ext cannot print", "USERNAME", "t.okonjo.ext"),
        ("number plate KRB-1174 or so", "VEHICLE", "KRB-1174"),
    ],
)  # fmt: skip
def test_prose_gives_it_away(rules: Detector, text: str, kind: str, value: str) -> None:
    assert (kind, value) in found(rules, text)


@pytest.mark.parametrize(
    "text",
    [
        "In April second quarter results were due.",
        "They came third in March.",
        "We march, first of many.",
        "May second thoughts be allowed?",
        "the first of many dashes",
        "we bought it at example dot com",
        "format it as ext4 4096",
        "a file extension of 8.3 characters",
        "the extension 2000-2003 is done",
        "user folder C:\\Users\\Public\\Documents",
        "login HKLM\\Software\\Run",
        "split the path a\\\\b for each user name\\n",
        "our ref is AB 12 pages long",
        "the customer number grew by 12 per cent",
        "rego for the car is due in May",
        "an account with the shop, number 12 of three hundred",
        "an account at Northgate in 2019",
        "near the Town Hall, High Street",
        "the Opera House, Covent Row, is shut",
        "Time: 1630 GP Dr on call",
        "Dear Applicant,\n\nThank you for the form.",
        "Dear Valued Members,\n\nThe gym is shut.",
        "Dear Parents and Carers,\n\nSchool ends at noon.",
        "Hi Both,\n\nNothing new.",
        "Signed: Witness",
        "The Claimant says that the Defendant knew.",
        "spoke to Nurse about the rota",
        "Yours truly,\nLt Col\n",
        "pay 55779911 by noon",
        "the claim of 250000 dollars",
        "time goes by. The end",
        "Hon. Sec. and Hon. Treas.",
        "ref: abc1-2f and ref={foo12}",
        "witness number 2 said so, and claim no longer stands",
        "bay 12, Anna. Surgeon Dr on call",
        "Rgds,\nthe team",
        "he lost 12345678 on 20-11-43-9",
        "the policy 2024 and claim 5000",
        "the user s.name column and user e.g. root",
        "user a.config.json is missing",
        "number plate or not in by 10",
    ],
)
def test_what_only_looks_like_it_is_left(rules: Detector, text: str) -> None:
    assert found(rules, text) == set()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Name: Ezra Crabtree\nIn 1881 the Crabtrees moved.", ["Ezra Crabtree", "Crabtrees"]),
        ("Name: Ezra Finch\nHe knew the Finches.", ["Ezra Finch", "Finches"]),
        ("Name: Ezra Crabtree\nCrabtrees bear fruit.", ["Ezra Crabtree"]),
        ("Name: Ezra Hill\nThe Hills are green.", ["Ezra Hill"]),
        ("call me Minister Ezra Crabtree\nA Minister spoke.", ["Ezra Crabtree"]),
        ("met with Ezra Prime Lund\nThe Prime Minister left.", ["Ezra Prime Lund"]),
    ],
)
def test_a_family_is_found_again_and_an_office_is_not(
    rules: Detector, text: str, values: list[str]
) -> None:
    found = [text[f.start : f.end] for f in rules.detect(text) if f.entity_type == "PERSON"]

    assert found == values


@pytest.mark.parametrize("aside", ["retired", "hip", "e.b", "she/her", "see below", "bel"])
def test_a_word_in_brackets_not_built_from_the_name_is_no_login(
    rules: Detector, aside: str
) -> None:
    kinds = {kind for kind, _ in found(rules, f"met with Ms Efua Bell ({aside}) today")}

    assert kinds == {"PERSON"}


@pytest.mark.parametrize(
    ("text", "value", "label", "is_code"),
    [
        ("then Mr. K told me", "K", "PERSON", False),
        ("and aunty b came", "b", "PERSON", False),
        ("let K be a field", "K", "PERSON", False),
        ("at No. 7/2, 3rd Cross, Adyar", "No. 7/2, 3rd Cross, Adyar", "ADDRESS", False),
        ("see Sec. 16.28 there", "Sec. 16.28", "ADDRESS", True),
    ],
)
def test_a_titled_letter_and_a_numbered_house_are_not_of_code(
    text: str, value: str, label: str, *, is_code: bool
) -> None:
    start = text.index(value)

    assert is_of_code(text, start, start + len(value), label) == is_code
