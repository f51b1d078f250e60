"""What is private in a text, without a vault."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

TEXT = "Ticket 7\nWrite to jane.doe@example.com,\ncard 4242 4242 4242 4242.\n"


def test_it_needs_no_vault_and_makes_no_home(bare: Cli) -> None:
    ran = bare("scan", stdin=TEXT.encode())

    assert ran.code == 0
    assert not bare.home.exists()


def test_each_finding_is_a_line_with_its_place(bare: Cli) -> None:
    ran = bare("scan", stdin=TEXT.encode())

    rows = [line.split("\t") for line in ran.text.splitlines()]
    assert [row[:3] for row in rows] == [
        ["2:10", "EMAIL", "jane.doe@example.com"],
        ["3:6", "CARD", "4242 4242 4242 4242"],
    ]


def test_explaining_says_why_and_never_repeats_the_value(bare: Cli) -> None:
    ran = bare("scan", "--explain", "--json", stdin=TEXT.encode())

    reasons = [one["reason"] for one in ran.json["findings"]]
    assert all(reasons)
    assert "4242" not in "".join(reasons)


def test_failing_on_findings_ends_with_1(bare: Cli) -> None:
    assert bare("scan", "--fail", stdin=TEXT.encode()).code == 1
    assert bare("scan", "--fail", stdin=b"Nothing here.").code == 0


def test_nothing_found_is_said_beside_the_data(bare: Cli) -> None:
    ran = bare("scan", stdin=b"The sky is blue.")

    assert (ran.out, ran.err) == (b"", "Nothing private was found.\n")


def test_json_has_the_offsets_of_the_text_as_given(bare: Cli) -> None:
    text = "\U0001f600\r\n" + TEXT

    ran = bare("scan", "--json", stdin=text.encode())

    spans = [text[one["start"] : one["end"]] for one in ran.json["findings"]]
    assert spans == ["jane.doe@example.com", "4242 4242 4242 4242"]


def test_several_files_are_an_array_with_their_names(bare: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("Nothing.")

    ran = bare("scan", "a.txt", "b.txt", "--json")

    assert [(one["file"], len(one["findings"])) for one in ran.json] == [("a.txt", 2), ("b.txt", 0)]


def test_json_lines_have_the_documented_form(bare: Cli) -> None:
    ran = bare("scan", "--jsonl", stdin=json.dumps({"id": "x", "text": TEXT}).encode())

    (line,) = ran.lines
    assert set(line) == {"id", "findings"}
    assert {"type", "start", "end", "score", "recognizer"} <= set(line["findings"][0])
    assert 0 < line["findings"][0]["score"] <= 1


def test_json_lines_answer_each_line_before_the_next_is_read() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "maskwell", "scan", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        answers = []
        for number in range(3):
            running.stdin.write(json.dumps({"id": number, "text": TEXT}).encode() + b"\n")
            running.stdin.flush()
            answers.append(json.loads(running.stdout.readline())["id"])
        running.stdin.close()

    assert answers == [0, 1, 2]
    assert running.returncode == 0
