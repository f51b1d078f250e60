"""A text goes out with tokens and comes back byte for byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

TEXT = (
    "Dear Ms Doe,\n\nmy name is Jane Doe. Write to jane.doe@example.com or call "
    "+1 202 555 0142; the card is 4242 4242 4242 4242.\n"
)
VALUES = ("Jane Doe", "jane.doe@example.com", "202 555 0142", "4242 4242 4242 4242")


def standing(text: str) -> list[str]:
    return [value for value in VALUES if value in text]


def test_no_value_leaves(cli: Cli) -> None:
    ran = cli("redact", stdin=TEXT.encode())

    assert ran.code == 0
    assert standing(ran.text) == []
    assert ran.err == ""


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.rstrip("\n").encode(),
        b"",
        b"\n\n",
        "[PERSON_1QX] and [EMAIL_2BC:x] stand here already \U0001f600\n".encode(),
    ],
    ids=["lf", "crlf", "cr", "bom", "utf-16-le", "utf-16-be", "no-end", "empty", "blank", "tokens"],
)
def test_a_file_comes_back_byte_for_byte(cli: Cli, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in.txt").write_bytes(data)

    there = cli("redact", "in.txt", "-o", "safe.txt", "--scope", "acme")
    back = cli("restore", "safe.txt", "-o", "back.txt", "--scope", "acme")

    assert (there.code, back.code) == (0, 0)
    assert (tmp_path / "back.txt").read_bytes() == data


def test_output_files_are_their_owners_alone(cli: Cli, tmp_path: Path) -> None:
    cli("redact", "-o", "safe.txt", stdin=TEXT.encode())

    assert (tmp_path / "safe.txt").stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".safe*"))


def test_a_file_may_be_redacted_in_place(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(TEXT)

    cli("redact", "in.txt", "-o", "in.txt")

    assert standing((tmp_path / "in.txt").read_text()) == []


def test_several_files_follow_each_other_on_stdout(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Write to jane.doe@example.com.\n")
    (tmp_path / "b.txt").write_text("That was jane.doe@example.com.\n")

    ran = cli("redact", "a.txt", "b.txt")

    first, second = ran.text.splitlines()
    assert first.removeprefix("Write to ") == second.removeprefix("That was ")


def test_several_files_go_into_a_folder(cli: Cli, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)

    ran = cli("redact", "a.txt", "b.txt", "-o", "safe")

    assert ran.code == 0
    assert sorted(path.name for path in (tmp_path / "safe").iterdir()) == ["a.txt", "b.txt"]
    assert standing((tmp_path / "safe" / "b.txt").read_text()) == []


def test_two_files_of_one_name_are_not_written_over_each_other(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/a.txt"):
        (tmp_path / name).write_text(TEXT)

    ran = cli("redact", "a.txt", "sub/a.txt", "-o", "safe")

    assert ran.code == 2
    assert "called a.txt" in ran.err
    assert not (tmp_path / "safe").exists()


def test_json_tells_what_was_found_and_never_the_value(cli: Cli) -> None:
    ran = cli("redact", "--json", "--scope", "acme", stdin=TEXT.encode())

    card = next(one for one in ran.json["findings"] if one["type"] == "CARD")
    assert ran.json["scope"] == "acme"
    assert TEXT[card["start"] : card["end"]] == "4242 4242 4242 4242"
    assert card["token"] in ran.json["protected"]
    assert standing(ran.text) == []


def test_json_lines_stay_in_order_and_share_the_scope(cli: Cli) -> None:
    records = [{"id": n, "text": f"{n}: jane.doe@example.com"} for n in (3, 1, 2)]

    ran = cli("redact", "--jsonl", stdin=json_lines(records))

    tokens = {line["findings"][0]["token"] for line in ran.lines}
    assert [line["id"] for line in ran.lines] == [3, 1, 2]
    assert len(tokens) == 1


def test_json_lines_come_back(cli: Cli) -> None:
    records = [
        {"id": "a", "text": TEXT},
        {"id": None, "text": ""},
        {"id": {"n": 1}, "text": "half a character \ud83d"},
        {"text": "no id 你好"},
    ]

    there = cli("redact", "--jsonl", stdin=json_lines(records))
    sent = [{"id": line["id"], "text": line["protected"]} for line in there.lines]
    back = cli("restore", "--jsonl", stdin=json_lines(sent))

    assert [line["restored"] for line in back.lines] == [record["text"] for record in records]
    assert [line["id"] for line in back.lines] == ["a", None, {"n": 1}, None]
    assert back.lines[0]["receipt"]["restored"] == len(there.lines[0]["findings"])


def test_json_lines_before_a_blocked_one_are_written_and_restore(cli: Cli) -> None:
    records = [{"id": n, "text": f"{n}: jane.doe@example.com"} for n in range(3)]
    card = {"id": 3, "text": "card 4242 4242 4242 4242"}

    ran = cli(
        "redact", "--jsonl", "--policy", "strict", "--for", "remote",
        stdin=json_lines([*records, card]),
    )  # fmt: skip
    sent = [{"id": line["id"], "text": line["protected"]} for line in ran.lines]
    back = cli("restore", "--jsonl", stdin=json_lines(sent))

    assert ran.code == 4
    assert [line["restored"] for line in back.lines] == [one["text"] for one in records]


def test_a_line_longer_than_any_buffer_comes_back(cli: Cli) -> None:
    text = "Plain words without anyone in them. " * 2_000 + "jane.doe@example.com"

    there = cli("redact", "--jsonl", stdin=json_lines([{"id": 1, "text": text}]))
    back = cli("restore", stdin=there.lines[0]["protected"].encode())

    assert back.text == text


def test_json_lines_of_a_file_are_written_whole(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(json_lines([{"id": 1, "text": TEXT}]) + b"\n{oops\n")

    ran = cli("redact", "--jsonl", "in.jsonl", "-o", "out.jsonl")

    assert ran.code == 6
    assert "line 3" in ran.err
    assert not (tmp_path / "out.jsonl").exists()


def test_another_scope_has_other_tokens_that_do_not_restore_here(cli: Cli) -> None:
    acme = cli("redact", "--scope", "acme", stdin=TEXT.encode())
    cli("redact", "--scope", "other", stdin=b"Write to tom@example.com.")

    ran = cli("restore", "--scope", "other", "--receipt", stdin=acme.out)

    assert ran.out == acme.out
    assert json.loads(ran.err)["foreign"]


def test_a_mangled_reply_is_restored_and_told(cli: Cli) -> None:
    there = cli("redact", stdin=b"Write to jane.doe@example.com.")
    token = there.text.removeprefix("Write to ").removesuffix(".")

    ran = cli("restore", "--json", stdin=f"I wrote to {token.lower()}.".encode())

    assert ran.json["restored"] == "I wrote to jane.doe@example.com."
    assert ran.json["receipt"]["altered"] == 1


def test_what_stays_a_token_is_said(cli: Cli) -> None:
    cli("redact", stdin=TEXT.encode())

    ran = cli("restore", stdin=b"Ask [PERSON_9ZZ].")

    assert ran.text == "Ask [PERSON_9ZZ]."
    assert ran.err == "0 values restored; not issued by this vault: [PERSON_9ZZ].\n"


def test_a_policy_that_blocks_ends_with_4_and_writes_nothing(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "safe.txt").write_text("what stood here")

    ran = cli(
        "redact", "--policy", "strict", "--for", "remote", "-o", "safe.txt", stdin=TEXT.encode()
    )

    assert ran.code == 4
    assert standing(ran.err) == []
    assert (tmp_path / "safe.txt").read_text() == "what stood here"


def test_the_class_of_the_destination_decides(cli: Cli) -> None:
    ran = cli("redact", "--policy", "strict", "--for", "local", stdin=TEXT.encode())

    assert ran.code == 0
    assert "[CARD_" in ran.text


def test_what_will_not_come_back_is_said(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'title = "Mine"\ndescription = "Masks mail."\ndefault = "token"\n'
        '[[rules]]\ntypes = ["EMAIL"]\naction = "mask"\n'
    )

    ran = cli("redact", "--policy", "./mine.toml", stdin=TEXT.encode())

    assert "EMAIL" in ran.err
    assert standing(ran.text) == []


def json_lines(records: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)
