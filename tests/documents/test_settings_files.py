"""YAML and TOML."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from maskwell.documents import open_document
from maskwell.errors import InputUnreadable

YAML_FILE = """\
# owner: Jane Q. Doeberry
people: &crew
  - name: Jane Q. Doeberry   # jane.doeberry@example.com
    mail: 'jane.doeberry@example.com'
    quote: "said \\"J\\x61ne Q. Doeberry\\""
    letter: |
      Dear Ms
      Roe, and Jane Q. Doeberry!

        Indented.
    folded: >- # by Jane Q. Doeberry
      kept as
      it is
  - {Jane Q. Doeberry: [1, 2], "x": 555}
again: *crew
"""

TOML_FILE = """\
# for Jane Q. Doeberry
title = "Jane\\u0020Q. Doeberry"
[people."Jane Q. Doeberry"]
mail = 'jane.doeberry@example.com'
number = 15550142998
note = '''
Jane Q. Doeberry
  wrote''' # jane.doeberry@example.com
list = ["a", "Jane Q. Doeberry"]
"""


def test_yaml_scalars_keys_and_comments_are_replaced_in_place(keeper):
    safe = keeper.sanitised(YAML_FILE.encode(), "crew.yaml")

    text = safe.data.decode()
    person = yaml.safe_load(text)["people"][0]
    assert "Doeberry" not in text
    assert text.startswith('# owner: [PERSON_0QX]\npeople: &crew\n  - name: "[PERSON_0QX]"   # [')
    assert person["mail"] == "[PERSON_1QX]"
    assert person["quote"] == 'said "[PERSON_0QX]"'
    assert person["folded"] == "kept as it is"


def test_a_yaml_literal_block_stays_one(keeper):
    safe = keeper.sanitised(YAML_FILE.encode(), "crew.yaml")

    assert "    letter: |\n      Dear Ms\n" in YAML_FILE
    assert ", and [PERSON_0QX]!\n\n        Indented.\n" in safe.data.decode()


def test_restored_yaml_loads_as_the_original(keeper):
    safe = keeper.sanitised(YAML_FILE.encode(), "crew.yml")

    assert yaml.safe_load(keeper.restored(safe).data) == yaml.safe_load(YAML_FILE)


def test_an_anchor_that_is_a_name_becomes_neutral_everywhere(keeper):
    keeper.values = ["jane_doeberry"]

    safe = keeper.sanitised(b"a: &jane_doeberry 1\nb: *jane_doeberry\n", "x.yaml")

    assert b"doeberry" not in safe.data
    assert yaml.safe_load(safe.data) == {"a": 1, "b": 1}


def test_binary_yaml_is_emptied():
    document = open_document(b"pic: !!binary R0lGODlhAQABAAAAACw=\nb: x\n", "x.yaml")

    assert document.dropped == ["encoded data"]
    assert b"R0lG" not in document.rewritten({})


@pytest.mark.parametrize("broken", ["a: [1", "a: b: c", '"', "%YAML 1.1\n%YAML 1.1\n", "\ta: 1"])
def test_what_is_no_yaml_is_refused(broken):
    with pytest.raises(InputUnreadable):
        open_document(broken.encode(), "x.yaml")


def test_toml_strings_keys_and_comments_are_replaced_in_place(keeper):
    keeper.values.append("15550142998")

    safe = keeper.sanitised(TOML_FILE.encode(), "crew.toml")

    loaded = tomllib.loads(safe.data.decode())
    assert "Doeberry" not in safe.data.decode()
    assert loaded["title"] == "[PERSON_0QX]"
    assert loaded["people"]["[PERSON_0QX]"]["number"] == "[PERSON_4QX]"
    assert loaded["people"]["[PERSON_0QX]"]["note"] == "[PERSON_0QX]\n  wrote"
    assert safe.data.startswith(b"# for [PERSON_0QX]\n")


def test_restored_toml_loads_as_the_original(keeper):
    safe = keeper.sanitised(TOML_FILE.encode(), "crew.toml")

    assert tomllib.loads(keeper.restored(safe).data.decode()) == tomllib.loads(TOML_FILE)


@pytest.mark.parametrize("data", [YAML_FILE, TOML_FILE])
def test_an_untouched_file_is_the_same_bytes(data):
    name = "x.yaml" if data is YAML_FILE else "x.toml"

    assert open_document(data.encode(), name).rewritten({}) == data.encode()


def test_what_is_no_toml_is_refused():
    with pytest.raises(InputUnreadable, match="TOML"):
        open_document(b"a = ", "x.toml")
