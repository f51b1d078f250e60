"""Rows of surnames, and what stands on command lines, in logs, chats and car parks."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector
from maskwell.detection.ner import TaggedSpan
from maskwell.detection.recognizers.surnames import row_of_people


def pieces(text: str, row: str) -> tuple[str, ...]:
    start = text.index(row)
    span = TaggedSpan("ORG", start, start + len(row), 0.9)
    return tuple(text[a:b] for a, b in row_of_people(text, span))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quill, Brandauer and Obuya signed.", ("Quill", "Brandauer", "Obuya")),
        ("Varga, Ferrant, Sow, and Larsen", ("Varga", "Ferrant", "Sow", "Larsen")),
        ("Lindqvist, Dell & Sow agreed to it.", ("Lindqvist", "Dell", "Sow")),
        ("Quill, Brandauer und Obuya kamen", ("Quill", "Brandauer", "Obuya")),
    ],
)
def test_a_row_of_surnames_is_people(text: str, names: tuple[str, ...]) -> None:
    assert pieces(text, text[: text.index(names[-1]) + len(names[-1])]) == names


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Quill, Brandauer & Obuya LLP wrote.", "Quill, Brandauer & Obuya"),
        ("the firm Quill, Brandauer and Obuya wrote", "Quill, Brandauer and Obuya"),
        ("she works at Quill, Brandauer and Obuya.", "Quill, Brandauer and Obuya"),
        ("Quill, Brandauer & Obuya", "Quill, Brandauer & Obuya"),
        ("Oil and Gas came", "Oil and Gas"),
    ],
)
def test_what_says_that_it_is_a_firm_stays_one(text: str, row: str) -> None:
    assert pieces(text, row) == ()


@pytest.fixture(scope="module")
def rules() -> Detector:
    return Detector(names=False)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("she drove the 7-QRS-123 home", "VEHICLE", "7-QRS-123"),
        ("his van AB-123-CD is red", "VEHICLE", "AB-123-CD"),
        ("ask hr [at] quill-example [dot] com", "EMAIL", "hr [at] quill-example [dot] com"),
        ("it's oona dot quill at example dot com", "EMAIL", "oona dot quill at example dot com"),
        ("Accepted publickey for oona-q from 192.0.2.4", "USERNAME", "oona-q"),
        ("Failed password for invalid user oquill from 192.0.2.4", "USERNAME", "oquill"),
        ("mysql -h db -u reports -p'Gr4nite#Hill' sales", "USERNAME", "reports"),
        ("mysql -h db -u reports -p'Gr4nite#Hill' sales", "SECRET", "Gr4nite#Hill"),
        ("log\n[12:01] owl_77: hello", "USERNAME", "owl_77"),
        ('curl -H "X-Api-Key: 9f8b2c7de15a4e0cb3f6a8d21c44e7b0" x', "SECRET",
         "9f8b2c7de15a4e0cb3f6a8d21c44e7b0"),
        ("$ mysql -uroot -pGr4nite#Hill", "SECRET", "Gr4nite#Hill"),
        ("docker exec -it mysql mysql -u root -pGr4nite#Hill", "SECRET", "Gr4nite#Hill"),
        ("0 3 * * * /usr/bin/mysqldump -uroot -pGr4nite#Hill db", "SECRET", "Gr4nite#Hill"),
        ("Login failed for user 'oquill'. Reason: password", "USERNAME", "oquill"),
        ("session opened for user oquill(uid=1000) by (uid=0)", "USERNAME", "oquill"),
        ("logged in as o_quill since noon", "USERNAME", "o_quill"),
        ("psql -h db.example.com -U oquill sales", "USERNAME", "oquill"),
        ("so\n[12:01:04] <o_quill> hello", "USERNAME", "o_quill"),
        ("so\n[12:01:04] owl_77: hello\n[12:01:09] fox_9: hi", "USERNAME", "owl_77"),
        ("flight 4A QUILL/OONA MS window", "PERSON", "QUILL/OONA MS"),
        ("COHEN/ISRAEL MR 4A", "PERSON", "COHEN/ISRAEL MR"),
        ("his car ABC-1234 is red", "VEHICLE", "ABC-1234"),
        ("Employee: 4471-B", "ID", "4471-B"),
        ("badge no. 44-B21", "ID", "44-B21"),
        ("case no. 2031-44 was heard", "ID", "2031-44"),
        ("my reservation OON88Q2", "ID", "OON88Q2"),
        ("email me: oona at example dot com", "EMAIL", "oona at example dot com"),
        ("write to oona at example dot com", "EMAIL", "oona at example dot com"),
        ("my seed phrase is abandon oyster velvet canyon ripple tooth.", "SECRET",
         "abandon oyster velvet canyon ripple tooth"),
    ],
)  # fmt: skip
def test_logs_chats_and_command_lines_give_their_users_away(
    rules: Detector, text: str, kind: str, value: str
) -> None:
    found = [(f.entity_type.value, text[f.start : f.end]) for f in rules.detect(text)]

    assert (kind, value) in found


@pytest.mark.parametrize(
    "text",
    [
        "Set the mode to AB-123-CD before use.",
        "It holds 120 cars. Model ABC-1234 replaces ABC-1233.",
        "meet at the dot of nine (at the gate)",
        "10:02:11 WARN: pool is empty",
        "the parser sees x at y dot product",
        "su for root and invalid user test",
        "I bought it at amazon dot com, then sold it at example dot com.",
        "mail me at example dot com or look at example dot com",
        "She worked at a dot com startup and met him at the dot com crash.",
        "The pin on PB3A is high. The password on Windows11 is stored.",
        "the api key on GPT4 expired, the secret key on AWS2 and the access code on RFC2119",
        "docker run --name mysql -p3306:3306 -d mysql:8",
        "apt-get install mysql-server -php8.1",
        "ps aux | grep mysql | kill -pgid12",
        "apt install -y mysql -php8.1 && docker run --name mysql -pool9 image",
        "mysql -prompt",
        "Invalid user token rejected, session closed for user inactivity.",
        "you are logged in as instructed. Logged in as soon as possible, ask su for help.",
        "up\n12:03:45 nginx-1: started\n12:03:46 app.main: ready",
        "up\n[10:15:02] kernel_task: hi\n[10:15:03] audio_task: hi",
        "ssh to the box with -u flag",
        "Patient labs: WBC, RBC\n- patient: HEENT, NECK normal\n> NSAID, PRN for the patient",
        "Accepted: VISA, MASTERCARD\npassport countries:\nUSA, CANADA\nborn",
        "Plan: BACKUP/RESTORE DR, READ/WRITE MS Office",
        "feat: auto retry for OPS-1234, driving DEV-1234, QA drove PRO-1234",
        "The seat ABC-123 issue",
        "The truck meets ISO-9001 and the car RFC-2119 (driver, see CVE-2024).",
        "Our employee 360-degree feedback, the employee (90-day trial) and employee 24/7 hotline",
        "Employee of the 2024-25 season, face shield 12-pack, heat shield 45-degree",
        "The badge 2FA-enabled users get. Confirmation: HTTP500, booking API500",
        "confirmation: SHA256 of the file",
    ],
)
def test_shapes_without_their_words_are_left(rules: Detector, text: str) -> None:
    assert rules.detect(text) == []


def test_folders_and_form_words_are_nobody() -> None:
    detector = Detector()
    text = 'File "/home/oquill/lib/gate.py"\nBenutzername folgt.\nCordiali saluti'

    found = [text[f.start : f.end] for f in detector.detect(text)]

    assert "lib" not in found
    assert "gate.py" not in found
    assert "Benutzername" not in found
    assert "Cordiali saluti" not in found
