import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import UnknownName, UsageError
from maskwell.vault import Applied, Kept
from maskwell.vault.retention import apply_retention

PERSON = EntityType.PERSON
DAY_MS = 24 * 3600 * 1000


def add(vault, scope, name, number, entity_type=PERSON):
    return vault.entities.add(scope, entity_type, name.casefold(), name, number=number, check="QX")


def owner_of(vault, scope, key):
    """Return the first surface of the entity that this key leads to."""
    return vault.entities.find_keys(scope, [(PERSON, key)])[PERSON, key][0]


def tell(vault, scope, text, *, destination="cloud", conversation_id=None, applied=()):
    return vault.ledger.begin(
        destination=destination,
        reach="remote",
        model="m",
        scope=scope,
        conversation_id=conversation_id,
        policy="p",
        kept=Kept(text, applied),
        byte_count=len(text),
        digest="0" * 64,
    )


def test_merged_entities_are_one_and_their_tokens_restore_as_before(vault, scope):
    jane, jd = add(vault, scope, "Jane Doe", 1), add(vault, scope, "J. Doe", 2)

    vault.merge(jane.entity_id, jd.entity_id)

    (one,) = vault.entities.list()
    assert one.variants == ("Jane Doe", "J. Doe")
    assert [found.surface for found in vault.entities.by_code(scope, PERSON, 2, "QX")] == ["J. Doe"]
    assert owner_of(vault, scope, "j. doe") == jane


def test_a_merged_key_gives_new_scopes_the_joint_entity(vault, scope):
    jane, jd = add(vault, scope, "Jane Doe", 1), add(vault, scope, "J. Doe", 2)
    vault.merge(jane.entity_id, jd.entity_id)

    elsewhere = add(vault, vault.scopes.ensure("other"), "J. Doe", 3)

    assert elsewhere.entity_id == jane.entity_id


def test_splitting_gives_both_their_own_back(vault, scope):
    jane, jd = add(vault, scope, "Jane Doe", 1), add(vault, scope, "J. Doe", 2)
    vault.merge(jane.entity_id, jd.entity_id)

    vault.split(jd.entity_id)

    assert owner_of(vault, scope, "j. doe") == jd
    assert owner_of(vault, scope, "jane doe") == jane
    assert len(vault.entities.list()) == 2


def test_a_chain_of_merges_ends_at_one_entity_and_splits_one_by_one(vault, scope):
    first, second, third = (add(vault, scope, f"N{i}", i) for i in (1, 2, 3))
    vault.merge(second.entity_id, third.entity_id)
    vault.merge(first.entity_id, second.entity_id)
    assert len(vault.entities.list()) == 1

    vault.split(third.entity_id)

    assert owner_of(vault, scope, "n3") == third
    assert {one.surface for one in vault.entities.list()} == {"N1", "N3"}


def test_merging_what_cannot_be_one_is_refused(vault, scope):
    jane = add(vault, scope, "Jane", 1)
    firm = add(vault, scope, "Firm", 1, EntityType.ORG)

    with pytest.raises(UsageError):
        vault.merge(jane.entity_id, jane.entity_id)
    with pytest.raises(UsageError, match="ORG and PERSON"):
        vault.merge(jane.entity_id, firm.entity_id)
    with pytest.raises(UnknownName):
        vault.merge(jane.entity_id, 404)
    with pytest.raises(UnknownName):
        vault.split(jane.entity_id)


def test_about_answers_for_each_destination_what_it_was_told(vault, scope):
    jane = add(vault, scope, "Jane", 1)
    add(vault, scope, "1 May", 1, EntityType.DATE)
    first = tell(vault, scope, "[PERSON_1QX] and [DATE_1QX]")
    second = tell(vault, scope, "more of [PERSON_1QX:last]")
    tell(vault, scope, "[PERSON_1QX]", destination="local")
    tell(vault, scope, "nothing of her")
    vault.ledger.finish(first, "sent")

    cloud, local = vault.ledger.about(jane.entity_id)

    assert cloud.destination == "cloud"
    assert cloud.entries == (first, second)
    assert cloud.tokens == ("[PERSON_1QX]",)
    assert cloud.quasi_identifiers == ("[DATE_1QX]",)
    assert cloud.pending == 1
    assert cloud.byte_count == 27 + 25
    assert local.destination == "local"
    assert local.quasi_identifiers == ()


def test_about_names_what_narrows_her_down_in_the_same_conversation(vault, scope):
    jane = add(vault, scope, "Jane", 1)
    add(vault, scope, "Clinic Road 1", 1, EntityType.ADDRESS)
    add(vault, scope, "a@example.com", 1, EntityType.EMAIL)
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="cloud", policy="p")
    tell(vault, scope, "[PERSON_1QX]", conversation_id=talk.id)
    tell(vault, scope, "at [ADDRESS_1QX], [EMAIL_1QX]", conversation_id=talk.id)

    (told,) = vault.ledger.about(jane.entity_id)

    assert told.conversations == (talk.id,)
    assert told.quasi_identifiers == ("[ADDRESS_1QX]",)


def test_about_names_the_stand_ins_that_were_sent(vault, scope):
    jane = add(vault, scope, "Jane", 1)
    tell(
        vault,
        scope,
        "hi [PERSON_1QX]",
        applied=(Applied(3, 15, "surrogate", "Elena Duarte"),),
    )

    (told,) = vault.ledger.about(jane.entity_id)

    assert told.stand_ins == ("Elena Duarte",)


def test_about_someone_never_mentioned_is_empty(vault, scope):
    jane = add(vault, scope, "Jane", 1)

    assert vault.ledger.about(jane.entity_id) == []


def test_conversations_go_when_their_days_are_over(vault, scope):
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    used = int(vault.history.conversation(talk.id).updated_at.timestamp() * 1000)

    assert vault.apply_retention(30) == 0
    gone = _retain(vault, 30, used + 30 * DAY_MS + 5000)

    assert gone == 1
    assert vault.history.conversations() == []
    assert vault.audit.entries()[0].event == "history.retention"


def test_a_scopes_own_days_count_before_the_general_ones(vault, scope):
    vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    vault.scopes.set_keep_days("acme", 2)
    now = _now(vault)

    assert vault.scopes.keep_days("acme") == 2
    assert _retain(vault, None, now + DAY_MS) == 0
    assert _retain(vault, None, now + 3 * DAY_MS) == 1
    with pytest.raises(UsageError):
        vault.scopes.set_keep_days("acme", 0)


def test_without_days_everything_is_kept(vault, scope):
    vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")

    assert _retain(vault, None, _now(vault) + 20 * DAY_MS) == 0


def test_a_clock_that_leapt_ahead_deletes_nothing_at_once(vault, scope):
    vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    now = _now(vault)
    assert _retain(vault, 30, now) == 0

    leapt = now + 4000 * DAY_MS

    assert _retain(vault, 30, leapt) == 0
    assert _retain(vault, 30, leapt + 1000) == 0
    assert _retain(vault, 30, now + DAY_MS) == 0
    assert len(vault.history.conversations()) == 1


def test_after_a_long_absence_the_second_day_deletes(vault, scope):
    vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    now = _now(vault)
    assert _retain(vault, 30, now) == 0
    back = now + 100 * DAY_MS

    assert _retain(vault, 30, back) == 0
    assert _retain(vault, 30, back + DAY_MS + 1) == 1


def _now(vault) -> int:
    return int(vault.history.conversations()[0].updated_at.timestamp() * 1000)


def _retain(vault, days, now) -> int:
    return apply_retention(vault._database, vault.history, vault.audit, days, now=now)
