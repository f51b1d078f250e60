import hashlib

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError, UnknownName
from maskwell.vault import Applied, Kept

TEXT = "Ask [PERSON_7QX] about [PERSON_9ZZ]"


def begin(vault, scope, *, destination="cloud", kept=None, conversation_id=None):
    return vault.ledger.begin(
        destination=destination,
        reach="remote",
        model="large-1",
        scope=scope,
        conversation_id=conversation_id,
        policy="everyday",
        kept=kept or Kept(TEXT, (Applied(4, 16, "token"),)),
        byte_count=len(TEXT),
        digest=hashlib.sha256(TEXT.encode()).hexdigest(),
    )


def test_an_entry_is_pending_before_anything_left(vault, scope):
    entry_id = begin(vault, scope)

    (entry,) = vault.ledger.entries()
    assert entry.id == entry_id
    assert entry.outcome == "pending"
    assert entry.finished_at is None
    assert entry.kept == Kept(TEXT, (Applied(4, 16, "token"),))
    assert entry.scope == "acme"


@pytest.mark.parametrize("outcome", ["sent", "failed", "cancelled"])
def test_an_entry_is_finished_with_its_outcome(vault, scope, outcome):
    entry_id = begin(vault, scope)

    vault.ledger.finish(entry_id, outcome, detail="HTTP 200")

    entry = vault.ledger.entry(entry_id)
    assert (entry.outcome, entry.detail) == (outcome, "HTTP 200")
    assert entry.finished_at is not None


def test_an_entry_is_finished_once(vault, scope):
    entry_id = begin(vault, scope)
    vault.ledger.finish(entry_id, "sent")

    with pytest.raises(UnknownName):
        vault.ledger.finish(entry_id, "failed")

    assert vault.ledger.entry(entry_id).outcome == "sent"


def test_an_unknown_entry_is_named_as_such(vault):
    with pytest.raises(UnknownName):
        vault.ledger.entry(404)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger",
        "UPDATE ledger SET text = 'other'",
        "UPDATE ledger SET digest = text, outcome = 'sent'",
        "UPDATE ledger SET destination = 'elsewhere', outcome = 'sent'",
        "UPDATE ledger SET outcome = 'pending'",
    ],
)
def test_the_database_itself_keeps_entries_as_they_were(vault, scope, statement):
    entry_id = begin(vault, scope)
    before = vault.ledger.entry(entry_id)

    with pytest.raises(IntegrityError):
        vault._database.write(statement)

    assert vault.ledger.entry(entry_id) == before


def test_entries_are_newest_first_and_by_destination(vault, scope):
    first, second, third = (
        begin(vault, scope, destination=name) for name in ("cloud", "local", "cloud")
    )

    assert [entry.id for entry in vault.ledger.entries()] == [third, second, first]
    assert [entry.id for entry in vault.ledger.entries(destination="cloud")] == [third, first]
    assert [entry.id for entry in vault.ledger.entries(limit=1)] == [third]


def test_an_entry_outlives_its_conversation(vault, scope):
    conversation = vault.history.start(
        scope=scope, title=Kept("A"), destination="cloud", policy="everyday"
    )
    entry_id = begin(vault, scope, conversation_id=conversation.id)

    vault.history.delete(conversation.id)

    assert vault.ledger.entry(entry_id).conversation_id == conversation.id


def test_issued_tokens_of_a_text_are_written_down_and_forged_ones_are_not(vault, scope):
    vault.entities.add(scope, EntityType.PERSON, "jane", "Jane", number=7, check="QX")

    entry_id = begin(vault, scope)

    rows = vault._database.rows(
        "SELECT l.ledger_id, t.number FROM ledger_tokens l JOIN tokens t ON t.id = l.token_id"
    )
    assert rows == [(entry_id, 7)]
