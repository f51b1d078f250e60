from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maskwell.policy import Action
from maskwell.shield.disclosure import digest_of, kept_request, rebuild_request

if TYPE_CHECKING:
    from maskwell.shield import Shield

TEXT = 'He said "call jane.doe@example.com\\n" \u2014 and\n\tpaid with 4242 4242 4242 4242.'


def body_of(*contents: str) -> bytes:
    messages = [{"role": "user", "content": content} for content in contents]
    return json.dumps(
        {"messages": messages, "model": "m"}, ensure_ascii=False, separators=(",", ":")
    ).encode()


def test_a_request_is_kept_without_the_values_that_were_sent(shield: Shield) -> None:
    plan = shield.plan(TEXT, scope="acme")
    for index in range(len(plan.items)):
        plan = plan.with_action(index, Action.KEEP)
    protected = shield.apply(plan)

    kept = kept_request(body_of(protected.text), [(protected.text, protected.kept)])

    assert "jane.doe@example.com" in protected.text
    assert "jane.doe" not in kept.text
    assert "4242" not in kept.text


def test_a_kept_request_rebuilds_the_bytes_that_were_sent(shield: Shield) -> None:
    plan = shield.plan(TEXT, scope="acme")
    protected = shield.apply(plan.with_action(0, Action.KEEP))
    body = body_of("hello", protected.text, "bye")
    bye = shield.protect("bye", scope="acme")
    hello = shield.protect("hello", scope="acme")
    sent = [(hello.text, hello.kept), (protected.text, protected.kept), (bye.text, bye.kept)]

    kept = kept_request(body, sent)

    scope = shield.vault.scopes.get("acme")
    assert rebuild_request(shield.vault, scope, kept) == body


def test_masked_and_dropped_values_rebuild_as_they_were_sent(shield: Shield) -> None:
    plan = shield.plan(TEXT, scope="acme")
    protected = shield.apply(plan.with_action(0, Action.DROP).with_action(1, Action.MASK))
    body = body_of(protected.text)

    kept = kept_request(body, [(protected.text, protected.kept)])

    scope = shield.vault.scopes.get("acme")
    assert rebuild_request(shield.vault, scope, kept) == body
    assert "4242 4242" not in kept.text


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    after=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
)
def test_any_text_around_a_value_rebuilds_exactly(shield: Shield, before: str, after: str) -> None:
    plan = shield.plan(f"{before} jane.doe@example.com {after}", scope="acme")
    for index in range(len(plan.items)):
        plan = plan.with_action(index, Action.KEEP)
    protected = shield.apply(plan)
    body = body_of(protected.text)

    kept = kept_request(body, [(protected.text, protected.kept)])

    assert rebuild_request(shield.vault, shield.vault.scopes.get("acme"), kept) == body


def test_the_digest_is_sha_256_of_the_bytes() -> None:
    assert digest_of(b"abc") == sha256(b"abc").hexdigest()
