"""history, entity, policy, destination, ledger, vault and doctor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.model_server import ModelServer

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

PROMPT = "Please write to jane.doe@example.com about the roof."
VALUE = "jane.doe@example.com"


@pytest.fixture
def chatted(cli: Cli) -> Cli:
    """A command line whose vault holds one chat."""
    assert cli("ask", PROMPT, "--scope", "roof").code == 0
    return cli


# -- history ------------------------------------------------------------------------------


def test_the_list_shows_titles_with_real_values(chatted: Cli) -> None:
    (chat,) = chatted("history", "list", "--json").json

    assert chat["title"] == PROMPT
    assert (chat["id"], chat["messages"], chat["destination"]) == (1, 1, "clipboard")


def test_the_list_can_keep_the_tokens(chatted: Cli) -> None:
    ran = chatted("history", "list", "--protected")

    assert VALUE not in ran.text
    assert "[EMAIL_" in ran.text


@pytest.mark.parametrize("words", [["jane.doe@example.com"], ["roof"], ["jane", "ROOF"]])
def test_messages_are_found_by_their_words_and_their_real_values(
    chatted: Cli, words: list[str]
) -> None:
    found = chatted("history", "search", *words, "--json").json

    assert [(one["conversation"], one["text"]) for one in found] == [(1, PROMPT)]


def test_words_that_stand_nowhere_find_nothing(chatted: Cli) -> None:
    ran = chatted("history", "search", "roof", "cellar")

    assert (ran.out, ran.code) == (b"", 0)
    assert "No message" in ran.err


def test_an_export_holds_tokens_unless_asked(chatted: Cli, tmp_path: Path) -> None:
    chatted("history", "export", "1", "-o", "chat.md")
    restored = chatted("history", "export", "1", "--restored")

    protected = (tmp_path / "chat.md").read_text()
    assert VALUE not in protected
    assert protected.startswith("# Please write to [EMAIL_")
    assert "## You" in restored.text
    assert VALUE in restored.text


def test_a_new_title_is_kept_with_tokens(chatted: Cli) -> None:
    chatted("history", "rename", "1", "The roof of jane.doe@example.com")

    assert chatted("history", "list", "--json").json[0]["title"].endswith(VALUE)
    assert VALUE not in chatted("history", "list", "--protected").text


def test_deleting_asks_first_and_then_is_real(chatted: Cli) -> None:
    refused = chatted("history", "delete", "1")
    done = chatted("history", "delete", "1", "--yes")

    assert (refused.code, done.code) == (2, 0)
    assert "--yes" in refused.err
    assert chatted("history", "list", "--json").json == []
    assert chatted("history", "search", "roof", "--json").json == []


# -- entity and ledger ----------------------------------------------------------------------


def test_entities_are_listed_with_their_scopes(chatted: Cli) -> None:
    (entity,) = chatted("entity", "list", "--type", "email", "--json").json

    assert (entity["value"], entity["scopes"]) == (VALUE, ["roof"])
    assert chatted("entity", "list", "--type", "CARD", "--json").json == []


def test_a_word_of_ones_own_is_protected(cli: Cli) -> None:
    cli("entity", "add", "Bluefinch")
    ran = cli("redact", stdin=b"How is Bluefinch going?")

    assert "[TERM_" in ran.text
    assert "Bluefinch" not in ran.text


def test_a_private_word_need_not_stand_on_the_command_line(cli: Cli) -> None:
    cli("entity", "add", "-", stdin=b"Bluefinch\n")

    assert cli("entity", "list", "--own", "--json").json[0]["value"] == "Bluefinch"


def test_a_pattern_of_ones_own_is_protected_as_its_type(cli: Cli) -> None:
    cli("entity", "add", r"K-\d{4}", "--pattern", "--type", "id")
    ran = cli("redact", stdin=b"File K-1234 is late.")

    assert ran.text.startswith("File [ID_")


def test_an_ignored_value_stays(cli: Cli) -> None:
    text = b"Our desk has the number +1 202 555 0142."
    cli("entity", "ignore", "+1 202 555 0142")
    stays = cli("redact", stdin=text)
    cli("entity", "ignore", "+1 202 555 0142", "--remove")
    goes = cli("redact", stdin=text)

    assert stays.out == text
    assert b"555 0142" not in goes.out


def test_ones_own_words_are_listed_and_taken_back(cli: Cli) -> None:
    cli("entity", "add", "Bluefinch")
    cli("entity", "ignore", VALUE)
    listed = cli("entity", "list", "--own", "--json").json
    cli("entity", "add", "Bluefinch", "--remove")

    assert [(one["kind"], one["value"]) for one in listed] == [
        ("protect", "Bluefinch"),
        ("ignore", VALUE),
    ]
    assert len(cli("entity", "list", "--own", "--json").json) == 1


def test_a_pattern_that_is_none_is_refused(cli: Cli) -> None:
    ran = cli("entity", "add", "(", "--pattern")

    assert ran.code == 2
    assert "no regular expression" in ran.err


def test_the_ledger_shows_what_was_carried_by_hand(chatted: Cli) -> None:
    (entry,) = chatted("ledger", "show", "--json").json
    ran = chatted("ledger", "show", str(entry["id"]))

    assert (entry["destination"], entry["outcome"], entry["detail"]) == (
        "clipboard",
        "sent",
        "printed",
    )
    assert VALUE not in ran.text
    assert "[EMAIL_" in ran.text
    assert chatted("ledger", "show", "--to", "acme", "--json").json == []


# -- policy ---------------------------------------------------------------------------------


def test_policies_are_listed_with_the_one_in_force(bare: Cli) -> None:
    listed = {one["name"]: one["default"] for one in bare("policy", "list", "--json").json}

    assert [name for name, is_default in listed.items() if is_default] == ["everyday"]
    assert {"everyday", "secrets_only", "gdpr", "hipaa", "fine_tuning"} <= set(listed)


def test_a_policy_is_shown_in_words_and_in_full(bare: Cli) -> None:
    words = bare("policy", "show", "strict").text
    rules = bare("policy", "show", "strict", "--json").json["rules"]

    assert "block" in words
    assert rules[0] == {
        "types": ["CARD", "SECRET"],
        "subtypes": [],
        "destinations": ["remote"],
        "action": "block",
        "to": "",
        "line": 7,
    }


def test_a_policys_test_names_the_rule_that_decided(bare: Cli) -> None:
    text = b"Card 4242 4242 4242 4242,\nmail jane.doe@example.com."

    far = bare("policy", "test", "--policy", "strict", "--for", "remote", "--json", stdin=text)
    near = bare("policy", "test", "--policy", "strict", "--for", "local", "--json", stdin=text)

    assert [(one["line"], one["action"], one["rule"]) for one in far.json] == [
        (1, "block", "rule 1 (line 7)"),
        (2, "token", "the default"),
    ]
    assert [one["action"] for one in near.json] == ["token", "token"]


def test_a_policy_of_ones_own_starts_as_a_copy(bare: Cli) -> None:
    made = bare("policy", "init", "mine", "--from", "strict")
    again = bare("policy", "init", "mine")

    assert (made.code, again.code) == (0, 2)
    assert bare("policy", "show", "mine", "--json").json["rules"][0]["action"] == "block"


@pytest.mark.parametrize("name", ["../x", "", "a/b", "a b"])
def test_a_policys_name_is_no_path(bare: Cli, name: str) -> None:
    assert bare("policy", "init", name).code == 2


def test_a_mistake_in_a_policy_names_its_line(bare: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('title = "x"\ndefault = "tokn"\n')

    ran = bare("policy", "test", "--policy", "./mine.toml", stdin=b"Hi.")

    assert ran.code == 2
    assert "2" in ran.err
    assert "token" in ran.err


# -- destination ----------------------------------------------------------------------------


def test_destinations_are_listed_with_their_class(bare: Cli) -> None:
    bare("destination", "add", "acme", "--kind", "openai", "--base-url", "https://x.example/v1")

    listed = {one["name"]: one["class"] for one in bare("destination", "list", "--json").json}

    assert listed == {"clipboard": "remote", "acme": "remote"}


def test_a_destination_is_changed_in_part(bare: Cli) -> None:
    bare("destination", "add", "acme", "--kind", "openai", "--base-url", "http://localhost:1/v1")
    bare("destination", "add", "acme", "--model", "large", "--default")

    acme = bare("destination", "list", "--json").json[1]

    assert (acme["base_url"], acme["model"], acme["default"], acme["class"]) == (
        "http://localhost:1/v1",
        "large",
        True,
        "local",
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--kind", "opnai"], 'did you mean "openai"'),
        (["--kind", "openai"], 'needs the key "base_url"'),
        (["--kind", "openai", "--base-url", "http://llm.example.com"], "plain http"),
        (["--kind", "openai", "--base-url", "https://x.example", "--class", "local"], "this mach"),
        (["--model", "x"], "--kind"),
    ],
)
def test_a_wrong_destination_is_not_written(bare: Cli, options: list[str], words: str) -> None:
    ran = bare("destination", "add", "acme", *options)

    assert ran.code == 2
    assert words in ran.err
    assert [one["name"] for one in bare("destination", "list", "--json").json] == ["clipboard"]


def test_removing_forgets_the_key_and_the_default(cli: Cli) -> None:
    cli(
        "destination", "add", "acme", "--kind", "openai", "--base-url", "https://x.example/v1",
        "--default", "--key-stdin", stdin=b"sk-invented\n",
    )  # fmt: skip

    ran = cli("destination", "remove", "acme")

    assert ran.code == 0
    assert [one["default"] for one in cli("destination", "list", "--json").json] == [True]
    assert (cli.home / "config.toml").read_text().count("acme") == 0


def test_what_is_built_in_stays(cli: Cli) -> None:
    assert cli("destination", "remove", "clipboard").code == 2


def test_an_empty_key_is_refused_before_anything_is_written(cli: Cli) -> None:
    ran = cli(
        "destination", "add", "acme", "--kind", "openai", "--base-url", "https://x.example/v1",
        "--key-stdin", stdin=b"\n",
    )  # fmt: skip

    assert ran.code == 2
    assert not (cli.home / "config.toml").exists()


@pytest.mark.sec
def test_a_destination_whose_key_cannot_be_kept_is_not_added(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wrong").write_text("not this one\n")
    monkeypatch.setenv("MASKWELL_PASSPHRASE_FILE", str(tmp_path / "wrong"))

    ran = cli(
        "destination", "add", "acme", "--kind", "openai", "--base-url", "https://x.example/v1",
        "--key-stdin", stdin=b"sk-invented\n",
    )  # fmt: skip

    assert ran.code == 3
    assert not (cli.home / "config.toml").exists()


@pytest.mark.sec
def test_a_key_is_given_to_no_other_server_than_its_own(cli: Cli) -> None:
    with ModelServer() as server:
        added = cli(
            "destination", "add", "acme", "--kind", "openai", "--base-url", server.url,
            "--key-stdin", stdin=b"sk-invented\n",
        )  # fmt: skip
        assert added.code == 0, added.err
        cli("destination", "test", "acme")
        config = cli.home / "config.toml"
        config.write_text(config.read_text().replace("127.0.0.1", "localhost"))
        cli("destination", "test", "acme")

        own, other = ["sk-invented" in str(one.headers) for one in server.received]
    assert own
    assert not other


@pytest.mark.sec
def test_an_address_with_a_password_in_it_is_not_written(bare: Cli) -> None:
    url = "https://me:hunter2@x.example/v1"

    ran = bare("destination", "add", "acme", "--kind", "openai", "--base-url", url)

    assert ran.code == 2
    assert "hunter2" not in ran.err
    assert not (bare.home / "config.toml").exists()


# -- vault and doctor -------------------------------------------------------------------------


def test_a_vault_is_made_once(bare: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pass").write_text("seven quiet otters\n")
    monkeypatch.setenv("MASKWELL_PASSPHRASE_FILE", str(tmp_path / "pass"))

    made = bare("vault", "init")
    again = bare("vault", "init")

    assert (made.code, again.code) == (0, 3)
    assert bare.home.stat().st_mode & 0o777 == 0o700
    assert (bare.home / "vault.db").stat().st_mode & 0o777 == 0o600


def test_its_status_needs_no_passphrase(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MASKWELL_PASSPHRASE_FILE")

    status = cli("vault", "status", "--json").json

    assert status["exists"] is True
    assert status["slots"] == ["passphrase"]


def test_without_a_vault_the_status_says_so(bare: Cli) -> None:
    assert bare("vault", "status", "--json").json["exists"] is False
    assert "vault init" in bare("vault", "status").text


def test_verifying_counts_what_is_there(chatted: Cli) -> None:
    report = chatted("vault", "verify", "--json").json

    assert report["healthy"] is True
    assert report["counts"]["messages"] == 1


def test_doctor_names_every_path_and_is_content(cli: Cli) -> None:
    ran = cli("doctor", "--json")

    names = {one["name"] for one in ran.json["checks"]}
    assert (ran.code, ran.json["healthy"]) == (0, True)
    assert {"home", "settings", "vault", "detector", "clipboard", "sqlcipher3"} <= names


def test_doctor_sees_what_is_wrong_and_ends_with_1(cli: Cli) -> None:
    cli.home.chmod(0o755)
    (cli.home / "vault.header").write_text("{}")
    (cli.home / "config.toml").write_text("[ui]\nthem = 'x'\n")

    ran = cli("doctor", "--json")

    wrong = {one["name"]: one["advice"] for one in ran.json["checks"] if not one["healthy"]}
    assert ran.code == 1
    assert set(wrong) == {"home", "vault", "settings"}
    assert "chmod 700" in wrong["home"]
    assert "line 2" in wrong["settings"]


def test_tables_in_a_pipe_are_lines_of_tabs(chatted: Cli) -> None:
    ran = chatted("entity", "list")

    assert ran.text.rstrip("\n").split("\t")[:2] == ["EMAIL", VALUE]


def test_json_lines_and_json_are_valid_to_the_byte(chatted: Cli) -> None:
    for arguments in (["history", "show", "1"], ["policy", "list"], ["entity", "list"]):
        json.loads(chatted(*arguments, "--json").out)
