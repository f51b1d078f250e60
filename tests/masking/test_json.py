"""Values put back into JSON are escaped as JSON asks, and stay out of what leaves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from maskwell.detection import Finding
from maskwell.entity_types import EntityType as T
from maskwell.masking import Restorer, StreamRestorer, protect
from maskwell.masking.linking import tokens_for
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

VALUES = ['Jane "JD" Doe', "12 Main St\nSpringfield", "C:\\Users\\jane", "tab\there", "Zoë 先生"]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    "template",
    [
        '{{"name": "{}", "n": 1}}',
        '[{{"a": {{"b": ["{}", "{}"]}}}}]',
        ' \n{{ "text": "Dear {},\\nyes \\"{}\\" \\\\" }}\n',
        '["{}"]',
    ],
)
def test_a_value_in_a_json_reply_is_escaped(
    vault: Vault, scope: Scope, value: str, template: str
) -> None:
    token = tokens_for(vault, scope, [(T.PERSON, value)])[T.PERSON, value].text
    sent = json.loads(template.replace("{}", "@").replace("{{", "{").replace("}}", "}"))
    reply = template.replace("{}", token).replace("{{", "{").replace("}}", "}")
    restored = Restorer(vault, scope).restore(reply)
    stream = StreamRestorer(vault, scope)

    assert restored.receipt.restored == reply.count(token)
    assert json.dumps(json.loads(restored.text)) == json.dumps(sent).replace(
        "@", json.dumps(value)[1:-1]
    )
    assert "".join(map(stream.feed, reply)) + stream.close() == restored.text


def test_a_value_in_a_fenced_block_is_escaped_and_outside_it_is_not(
    vault: Vault, scope: Scope
) -> None:
    value = 'Jane "JD" Doe'
    token = tokens_for(vault, scope, [(T.PERSON, value)])[T.PERSON, value].text
    reply = f'"{token}" as JSON:\n```json\n{{"name": "{token}"}}\n```\nThat was "{token}".'
    restored = Restorer(vault, scope).restore(reply).text

    assert restored == (
        f'"{value}" as JSON:\n```json\n{{"name": "Jane \\"JD\\" Doe"}}\n```\nThat was "{value}".'
    )


@pytest.mark.parametrize(
    "reply",
    ['[1] She is "{}".', '{} said "{}"', 'Note: {{"{}"', '[{}] "{}"', '{ a "{}" }'],
)
def test_what_is_no_json_is_not_escaped(vault: Vault, scope: Scope, reply: str) -> None:
    value = 'Jane "JD" Doe'
    token = tokens_for(vault, scope, [(T.PERSON, value)])[T.PERSON, value].text

    restored = Restorer(vault, scope).restore(reply.replace("{}", token)).text

    assert restored == reply.replace("{}", value)


@pytest.mark.parametrize(
    "text",
    ['{"name": "Jane "JD" Doe"}', '["Jane "JD" Doe"]', '```json\n{"x": "Jane "JD" Doe"}\n```'],
)
def test_broken_json_comes_back_as_it_was(vault: Vault, scope: Scope, text: str) -> None:
    start = text.index("Jane")
    finding = Finding(
        entity_type=T.PERSON, start=start, end=start + 13, score=1.0, recognizer="test"
    )
    protected = protect(vault, scope, text, [(finding, Action.TOKEN)])

    assert "Jane" not in protected.text
    assert Restorer(vault, scope).restore(protected.text).text == text


def test_escapes_that_were_there_stay_as_they_were(vault: Vault, scope: Scope) -> None:
    text = '{"address": "12 Main St\\nSpringfield"}'
    start, end = text.index("12"), text.index('"}')
    finding = Finding(entity_type=T.ADDRESS, start=start, end=end, score=1.0, recognizer="test")
    protected = protect(vault, scope, text, [(finding, Action.TOKEN)])

    assert protected.text.startswith('{"address": "[ADDRESS_')
    assert Restorer(vault, scope).restore(protected.text).text == text


@pytest.mark.sec
def test_nothing_is_put_back_into_what_leaves(vault: Vault, scope: Scope) -> None:
    token = tokens_for(vault, scope, [(T.PERSON, "Jane Doe")])[T.PERSON, "Jane Doe"].text
    arguments = json.dumps({"to": token, "text": f"about {token}"})
    restored = Restorer(vault, scope, is_leaving=True).restore(arguments)

    assert restored.text == arguments
    assert restored.receipt.withheld == (token,)
