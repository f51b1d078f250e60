import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import UnknownName
from maskwell.vault import Applied, Kept

LONE = "half a pair \ud83d stays"


@pytest.fixture
def conversation(vault, scope):
    return vault.history.start(
        scope=scope, title=Kept("A first title"), destination="clipboard", policy="everyday"
    )


def test_a_new_conversation_is_listed(vault, conversation):
    assert vault.history.conversations() == [conversation]
    assert conversation.scope == "acme"
    assert conversation.message_count == 0


def test_turns_come_back_in_order_with_their_actions(vault, conversation):
    kept = Kept("Call [PHONE_1QX]", (Applied(5, 16, "mask", "****"),))
    asked = vault.history.append(conversation.id, "user", kept)
    told = vault.history.append(conversation.id, "assistant", Kept("Do"), state="partial")

    assert vault.history.messages(conversation.id) == [asked, told]
    assert asked.kept == kept
    assert told.state == "partial"


def test_text_with_lone_surrogates_is_kept_exactly(vault, conversation):
    vault.history.append(conversation.id, "user", Kept(LONE))

    assert vault.history.messages(conversation.id)[0].kept.text == LONE


def test_the_conversation_used_last_comes_first(vault, scope, conversation):
    second = vault.history.start(scope=scope, title=Kept("B"), destination="x", policy="p")
    vault.history.append(conversation.id, "user", Kept("later"))

    first, last = (one.id for one in vault.history.conversations())

    assert {first, last} == {conversation.id, second.id}
    assert vault.history.conversation(conversation.id).message_count == 1
    assert len(vault.history.conversations(limit=1)) == 1


@pytest.mark.parametrize(
    "use",
    [
        lambda history: history.conversation(404),
        lambda history: history.messages(404),
        lambda history: history.append(404, "user", Kept("x")),
        lambda history: history.rename(404, Kept("x")),
        lambda history: history.delete(404),
    ],
)
def test_an_unknown_conversation_is_named_as_such(vault, use):
    with pytest.raises(UnknownName, match="no conversation 404"):
        use(vault.history)


def test_renaming_keeps_the_new_title_only(vault, conversation):
    vault.history.rename(conversation.id, Kept("Another"))

    assert vault.history.conversation(conversation.id).title == Kept("Another")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Please call the Clinic", ["clinic"]),
        ("Please call the clinic", ["cli"]),
        ("Please call the clinic", ["clinic", "please"]),
        ("Please call the clinic", ["call the"]),
        ("Tell [PERSON_7QX:last] now", ["[PERSON_7QX]"]),
        ("Überweisung für Köln", ["uberweisung"]),
        ("東京の医者に電話", ["医者"]),
        ("set user_name first", ["user"]),
        ("the person in charge", ["person"]),
        (f"{LONE} tail", ["tail"]),
    ],
)
def test_search_finds(vault, conversation, text, words):
    message = vault.history.append(conversation.id, "user", Kept(text))

    assert vault.history.search(words) == [message]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Please call the clinic", ["clinic", "hospital"]),
        ("Please call the clinic", ["the call"]),
        ("Tell [PERSON_7QX] now", ["erson"]),
        ("Tell [PERSON_7QX] now", ["person"]),
        ("Tell [PERSON_7QX] now", ["pers"]),
        ("Tell [PERSON_71QX] now", ["[PERSON_7QX]"]),
        ("Please call", []),
        ("Please call", ['"']),
        ("Please call", ["*"]),
    ],
)
def test_search_does_not_find(vault, conversation, text, words):
    vault.history.append(conversation.id, "user", Kept(text))

    assert vault.history.search(words) == []


@pytest.mark.parametrize("words", [['a" OR "b'], ["NEAR(a b)"], ["words:a"], ["a\0b"], ["-a"]])
def test_search_takes_every_input_as_words(vault, conversation, words):
    vault.history.append(conversation.id, "user", Kept("nothing of it"))

    assert vault.history.search(words) == []


def test_search_gives_the_newest_first_and_no_more_than_asked(vault, conversation):
    made = [vault.history.append(conversation.id, "user", Kept(f"same {i}")) for i in range(5)]

    assert vault.history.search(["same"], limit=2) == [made[4], made[3]]


def test_a_deleted_conversation_is_gone_with_its_words(vault, conversation):
    vault.history.append(conversation.id, "user", Kept("confidential plan"))

    vault.history.delete(conversation.id)

    assert vault.history.conversations() == []
    assert vault.history.search(["confidential"]) == []
    stored = vault._database.rows("SELECT block FROM message_words_data")
    assert not any(b"onfidentia" in block for (block,) in stored)


def test_a_number_of_a_deleted_conversation_is_not_used_again(vault, scope, conversation):
    vault.history.delete(conversation.id)

    again = vault.history.start(scope=scope, title=Kept("B"), destination="x", policy="p")

    assert again.id > conversation.id


def test_history_and_ledger_tables_hold_no_real_value(vault, scope, conversation):
    vault.entities.add(
        scope, EntityType.PERSON, "zelda quimby", "Zelda Quimby", number=7, check="QX"
    )
    vault.history.append(conversation.id, "user", Kept("Write to [PERSON_7QX]"))
    vault.ledger.begin(
        destination="cloud",
        reach="remote",
        model="m",
        scope=scope,
        conversation_id=conversation.id,
        policy="everyday",
        kept=Kept("Write to [PERSON_7QX]"),
        byte_count=21,
        digest="0" * 64,
    )
    private = {"entities", "variants", "name_parts"}

    tables = [row[0] for row in vault._database.rows("SELECT name FROM pragma_table_list")]
    holding = {
        table
        for table in tables
        if "Quimby" in str(vault._database.rows(f'SELECT * FROM "{table}"'))  # own table names
    }

    assert holding
    assert holding <= private
