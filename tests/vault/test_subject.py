import json

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import UnknownName
from maskwell.vault import Kept


def test_a_person_gets_everything_that_is_held_about_them(vault, scope):
    jane = vault.entities.add(
        scope, EntityType.PERSON, "jane doe", "Jane Doe", number=7, check="QX"
    )
    vault.entities.add_variant(jane, "last", "Doe")
    titled = vault.history.start(
        scope=scope, title=Kept("About [PERSON_7QX]"), destination="d", policy="p"
    )
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    message = vault.history.append(talk.id, "user", Kept("Hi [PERSON_7QX:last]"))
    vault.history.append(talk.id, "user", Kept("of somebody else"))
    vault.ledger.begin(
        destination="cloud", reach="remote", model="m", scope=scope, conversation_id=talk.id,
        policy="p", kept=Kept("Hi [PERSON_7QX:last]"), byte_count=9, digest="0" * 64,
    )  # fmt: skip

    subject = vault.export_subject(jane.entity_id)

    assert subject.key == "jane doe"
    assert [one.token for one in subject.tokens] == ["[PERSON_7QX]"]
    assert subject.tokens[0].surfaces == {"": "Jane Doe", "last": "Doe"}
    assert subject.conversations == (titled.id, talk.id)
    assert subject.messages == (message.id,)
    assert [one.destination for one in subject.told] == ["cloud"]
    assert vault.audit.entries()[0].event == "subject.export"
    assert json.loads(json.dumps(subject.as_json()))["tokens"][0]["scope"] == "acme"


def test_nothing_is_given_about_someone_unknown(vault):
    with pytest.raises(UnknownName):
        vault.export_subject(404)
