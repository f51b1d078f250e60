"""The settings file and the environment over it, and the sentences mistakes get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings, load_settings, near, remove_setting, write_setting
from maskwell.config.rules import is_readable_on_the_way
from maskwell.errors import ConfigError, UnknownName
from maskwell.paths import Home

if TYPE_CHECKING:
    from pathlib import Path

FULL = """\
# my settings
[default]
policy = "strict"

[destinations.acme]
kind = "openai"
base_url = "https://llm.example.com/v1"
model = "large"
class = "trusted"
timeout_s = 30

[keys]
"chat.new" = "ctrl+t"
"""

TRUSTED = "[destinations.x]\nkind = 'openai'\nclass = 'trusted'\n"
PROXIED = "[destinations.x]\nkind = 'openai'\nproxy = 'http://proxy.example.com'\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def write(home: Home, text: str) -> None:
    home.make()
    home.config.write_text(text, "utf-8")


def mistake(home: Home, text: str, environ: dict[str, str] | None = None) -> str:
    write(home, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(home, environ or {})
    return str(caught.value)


def test_without_a_file_the_defaults_hold(home: Home) -> None:
    settings = load_settings(home, {})

    assert settings.default.destination == "clipboard"
    assert settings.default.policy == "everyday"
    assert settings.vault.kdf_memory_mib == 256
    assert settings.destination().kind == "clipboard"


def test_every_section_of_the_file_is_read(home: Home) -> None:
    write(home, FULL)

    settings = load_settings(home, {})

    acme = settings.destination("acme")
    assert settings.default.policy == "strict"
    assert (acme.kind, acme.model, acme.reach, acme.timeout_s) == ("openai", "large", "trusted", 30)
    assert settings.keys == {"chat.new": "ctrl+t"}


def test_the_environment_overrides_the_file(home: Home) -> None:
    write(home, FULL)
    environ = {
        "MASKWELL_DEFAULT_POLICY": "everyday",
        "MASKWELL_VAULT_KDF_MEMORY_MIB": "64",
        "MASKWELL_DESTINATIONS_ACME_CLASS": "remote",
    }

    settings = load_settings(home, environ)

    assert settings.default.policy == "everyday"
    assert settings.vault.kdf_memory_mib == 64
    assert settings.destination("acme").reach == "remote"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[defualt]\n", 1, 'no section "defualt" (did you mean "default"?)'),
        ("\n[default]\npolcy = 'x'\n", 3, 'no key "polcy" (did you mean "policy"?)'),
        ("[vault]\nkdf_memory_mib = 8\n", 2, "between 64 and 4096"),
        ("[vault]\nkdf_memory_mib = true\n", 2, "whole number"),
        ("[review]\nwhen = 'allways'\n", 2, '(did you mean "always"?)'),
        ("default = 3\n", 1, "is a section"),
        ("[destinations.x]\nkind = 'opena'\n", 2, '(did you mean "openai"?)'),
        ("[destinations.x]\nkind = 'openai'\n", 1, 'needs the key "base_url"'),
        ("[destinations.x]\nmodel = 'm'\n", 1, 'needs the key "kind"'),
        ('[destinations."a b"]\nkind = "openai"\n', 1, "cannot name a destination"),
        ("[destinations.x]\nkind = 'openai'\nbase_url = 'llm'\n", 1, "starts with https://"),
        (
            f"{PROXIED}base_url = 'http://127.0.0.1:1'\n",
            1,
            "plain http",
        ),
        (
            f"{PROXIED}base_url = 'https://127.0.0.1:1'\nclass = 'local'\n",
            1,
            "is not on this machine",
        ),
        (
            "[destinations.x]\nkind = 'openai'\nbase_url = 'http://llm.example.com'\n",
            1,
            "plain http",
        ),
        (
            "[destinations.x]\nkind='openai'\nbase_url='https://llm.example.com'\nclass='local'\n",
            1,
            "not on this machine",
        ),
        ("[keys]\n'chat.new' = 3\n", 2, "is a text"),
        ("[ui]\ntheme = \n", 2, "not valid TOML"),
    ],
)
def test_a_mistake_names_its_line_and_what_was_meant(
    home: Home, text: str, line: int, words: str
) -> None:
    sentence = mistake(home, text)

    assert f"{home.config}, line {line}:" in sentence
    assert words in sentence


FLAWED = [
    *(
        ({"base_url": public}, "public address")
        for public in (
            "http://8.8.8.8/v1",
            "http://[2001:4860:4860::8888]/v1",
            "http://[::ffff:8.8.8.8]/v1",
            "http://[64:ff9b::808:808]/v1",
            "http://134744072/v1",
            "http://0x8.0x8.0x8.0x8:80/v1",
            "http://\uff18.8.8.8/v1",
            "http://\uff18\uff0e8\u30028\uff618/v1",
        )
    ),
    ({"base_url": "http://10.1.2.3", "proxy": "http://8.8.8.8:3128"}, "public address"),
    *(
        ({"base_url": f"https://llm.example.com:{port}"}, "base_url with a port from 1 to 65535")
        for port in ("99999", "0", "x")
    ),
    ({"base_url": "https://llm.example.com", "proxy": "http://p.example:70000"}, "proxy with a"),
]


@pytest.mark.parametrize(("given", "words"), FLAWED)
def test_where_nothing_may_be_sent_is_read_and_not_written(
    home: Home, given: dict[str, str], words: str
) -> None:
    table = {"kind": "openai", "class": "trusted", **given}
    lines = "".join(f"{key} = '{value}'\n" for key, value in table.items())
    text = f"[destinations.x]\n{lines}[destinations.y]\n{lines}"
    write(home, text)

    assert load_settings(home, {}).destination("x").base_url == given["base_url"]
    for path, value in (
        (("destinations", "z"), table),
        (("destinations", "x"), {**table, "model": "m"}),
        (("destinations", "x", "model"), "m"),
    ):
        with pytest.raises(ConfigError, match=words):
            write_setting(home, path, value)
    assert home.config.read_text("utf-8") == text


def test_others_are_changed_beside_two_where_nothing_may_be_sent(home: Home) -> None:
    table = "kind = 'openai'\nbase_url = 'http://8.8.8.8/v1'\nclass = 'trusted'\n"
    write(home, f"[destinations.x]\n{table}[destinations.y]\n{table}")

    write_setting(home, ("default", "policy"), "strict")
    write_setting(home, ("destinations", "x", "base_url"), "https://8.8.8.8/v1")
    assert remove_setting(home, ("destinations", "y")) is True

    assert list(load_settings(home, {}).destinations) == ["clipboard", "x"]


@pytest.mark.parametrize(
    "address",
    [
        "http://[64:ff9b::a01:203]/v1",
        "http://[::ffff:10.1.2.3]/v1",
        "http://10.1.2.3:8000/v1",
        "http://\uff11\uff10.1.2.3/v1",
        "http://office\uff12/v1",
    ],
)
def test_a_network_of_ones_own_is_not_public(home: Home, address: str) -> None:
    table = {"kind": "openai", "base_url": address, "class": "trusted"}

    write_setting(home, ("destinations", "x"), table)

    assert load_settings(home, {}).destination("x").reach == "trusted"


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("MASKWELL_DEFAULT_POLCY", "x", '(did you mean "POLICY"?)'),
        ("MASKWELL_VAULT_KDF_MEMORY_MIB", "lots", "is a whole number"),
        ("MASKWELL_REVIEW_WHEN", "nevr", '(did you mean "never"?)'),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    home: Home, variable: str, value: str, words: str
) -> None:
    sentence = mistake(home, "", {variable: value})

    assert variable in sentence
    assert words in sentence


@pytest.mark.parametrize(
    ("base_url", "reach"),
    [
        ("http://localhost:11434/v1", "local"),
        ("http://127.0.0.1:8080", "local"),
        ("http://[::1]:8080/v1", "local"),
        ("https://llm.example.com/v1", "remote"),
        ("https://localhost.example.com", "remote"),
        ("https://127.0.0.1.example.com", "remote"),
        ("https://192.168.1.20/v1", "remote"),
    ],
)
def test_reach_is_judged_from_the_address(base_url: str, reach: str) -> None:
    settings = DestinationSettings(name="x", kind="openai", base_url=base_url)

    assert settings.reach == reach


@pytest.mark.parametrize(
    ("base_url", "is_readable"),
    [
        ("http://llm.example.com/v1", True),
        ("http://llm.example.com./v1", True),
        ("https://llm.example.com/v1", False),
        ("http://office/v1", False),
        ("http://office.local:8000/v1", False),
        ("http://office.home.arpa/v1", False),
        ("http://10.1.2.3:8000/v1", False),
        ("http://100.64.1.2/v1", False),
        ("http://[fd00::1]:8000/v1", False),
        ("http://localhost:8000/v1", False),
    ],
)
def test_on_a_trusted_network_plain_http_is_permitted_and_told_where_it_may_lead_out(
    home: Home, base_url: str, *, is_readable: bool
) -> None:
    home.make()
    home.config.write_text(f"{TRUSTED}base_url = '{base_url}'\n")

    settings = load_settings(home).destination("x")

    assert is_readable_on_the_way(settings) == is_readable


def test_what_is_carried_by_hand_is_remote() -> None:
    assert DestinationSettings(name="clipboard", kind="clipboard").reach == "remote"


def test_variables_that_are_no_settings_are_left_alone(home: Home) -> None:
    environ = {"MASKWELL_HOME": "x", "MASKWELL_PASSPHRASE_FILE": "y", "MASKWELL_SOMETHING": "z"}

    assert load_settings(home, environ) == load_settings(home, {})


def test_an_unreadable_file_is_one_sentence(home: Home) -> None:
    home.make()
    home.config.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(home, {})


def test_an_unknown_destination_lists_the_near_name(home: Home) -> None:
    write(home, FULL)

    with pytest.raises(UnknownName, match='did you mean "acme"'):
        load_settings(home, {}).destination("acne")


def test_writing_a_setting_keeps_the_comments(home: Home) -> None:
    write(home, FULL)

    write_setting(home, ("destinations", "home"), {"kind": "clipboard"})
    write_setting(home, ("ui", "theme"), "textual-light")

    settings = load_settings(home, {})
    assert home.config.read_text("utf-8").startswith("# my settings")
    assert settings.destination("home").kind == "clipboard"
    assert settings.ui.theme == "textual-light"
    assert settings.destination("acme").model == "large"


def test_a_setting_that_would_break_the_file_is_not_written(home: Home) -> None:
    write(home, FULL)

    with pytest.raises(ConfigError, match="opena"):
        write_setting(home, ("destinations", "bad"), {"kind": "opena"})

    assert home.config.read_text("utf-8") == FULL
    assert [path.name for path in home.root.iterdir()] == ["config.toml"]


def test_the_first_setting_makes_the_file_private(home: Home) -> None:
    write_setting(home, ("default", "policy"), "strict")

    assert load_settings(home, {}).default.policy == "strict"
    assert home.config.stat().st_mode & 0o777 == 0o600


def test_removing_says_whether_it_was_there(home: Home) -> None:
    write(home, FULL)

    assert remove_setting(home, ("destinations", "acme")) is True
    assert remove_setting(home, ("destinations", "acme")) is False
    assert "acme" not in load_settings(home, {}).destinations


def test_near_lists_every_valid_word_when_none_is_close() -> None:
    assert near("zzzz", ["beta", "alpha"]) == " (valid: alpha, beta)"
