from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError, UnknownName
from maskwell.vault import NewToken, Scope, Vault
from maskwell.vault.database import Database

PERSON, EMAIL = EntityType.PERSON, EntityType.EMAIL


def add_jane(vault: Vault, scope: Scope, *, number: int = 7, check: str = "QX"):
    return vault.entities.add(
        scope, PERSON, "jane doe", "Jane Doe", number=number, check=check, parts=("jane", "doe")
    )


def test_an_added_surface_is_found_in_its_scope(vault, scope):
    added = add_jane(vault, scope)

    assert vault.entities.find(scope, PERSON, "Jane Doe") == added
    assert added.label == ""
    assert added.surface == "Jane Doe"


@pytest.mark.parametrize("surface", ["jane doe", "Jane Doe ", "Jane", ""])
def test_only_the_exact_surface_is_found(vault, scope, surface):
    add_jane(vault, scope)

    assert vault.entities.find(scope, PERSON, surface) is None


def test_a_surface_is_not_found_under_another_type(vault, scope):
    add_jane(vault, scope)

    assert vault.entities.find(scope, EMAIL, "Jane Doe") is None


def test_a_surface_is_not_found_in_another_scope(vault, scope):
    add_jane(vault, scope)

    assert vault.entities.find(vault.scopes.ensure("other"), PERSON, "Jane Doe") is None


def test_find_many_returns_the_known_ones_only(vault, scope):
    jane = add_jane(vault, scope)

    found = vault.entities.find_many(scope, [(PERSON, "Jane Doe"), (PERSON, "Jo Roe")])

    assert found == {(PERSON, "Jane Doe"): jane}


def test_find_keys_returns_the_surfaces_of_each_entity(vault, scope):
    jane = add_jane(vault, scope)
    last = vault.entities.add_variant(jane, "last", "Doe")

    found = vault.entities.find_keys(scope, [(PERSON, "jane doe"), (EMAIL, "jane doe")])

    assert found == {(PERSON, "jane doe"): [jane, last]}


def test_find_parts_returns_every_entity_filed_under_the_word(vault, scope):
    jane = add_jane(vault, scope)
    john = vault.entities.add(
        scope, PERSON, "john doe", "John Doe", number=8, check="RT", parts=("john", "doe")
    )

    last = vault.entities.add_variant(jane, "last", "Doe")

    found = vault.entities.find_parts(scope, PERSON, ["john", "doe", "smith"])

    assert found == {"john": [[john]], "doe": [[jane, last], [john]]}


def test_a_name_with_a_repeated_part_is_filed_once(vault, scope):
    vault.entities.add(
        scope, PERSON, "john john", "John John", number=1, check="QX", parts=("john", "john")
    )

    assert len(vault.entities.find_parts(scope, PERSON, ["john"])["john"]) == 1


def test_by_code_returns_all_surfaces_of_a_token(vault, scope):
    jane = add_jane(vault, scope)
    last = vault.entities.add_variant(jane, "last", "Doe")

    assert vault.entities.by_code(scope, PERSON, 7, "QX") == [jane, last]


@pytest.mark.sec
def test_guess_a_token_of_another_scope_gives_nothing(vault, scope):
    add_jane(vault, scope)
    other = vault.scopes.ensure("other")

    assert vault.entities.by_code(other, PERSON, 7, "QX") == []
    assert vault.entities.status_of(other, PERSON, 7, "QX") == "elsewhere"


def test_status_tells_known_from_unknown_tokens(vault, scope):
    add_jane(vault, scope)

    assert vault.entities.status_of(scope, PERSON, 7, "QX") == "here"
    assert vault.entities.status_of(scope, PERSON, 7, "QZ") == "nowhere"
    assert vault.entities.status_of(scope, EMAIL, 7, "QX") == "nowhere"


@pytest.mark.parametrize("number", [0, 1 << 63, 10**40])
def test_a_number_no_token_can_have_is_known_nowhere(vault, scope, number):
    assert vault.entities.by_code(scope, PERSON, number, "QX") == []
    assert vault.entities.status_of(scope, PERSON, number, "QX") == "nowhere"
    assert vault.entities.issued_among([(PERSON, number, "QX")]) == set()


def test_a_token_is_never_issued_twice_in_a_vault(vault, scope):
    add_jane(vault, scope)
    other = vault.scopes.ensure("other")

    with pytest.raises(IntegrityError):
        add_jane(vault, other)


def test_a_refused_token_leaves_nothing_behind(vault, scope):
    add_jane(vault, scope)

    with pytest.raises(IntegrityError):
        vault.entities.add(scope, PERSON, "jo roe", "Jo Roe", number=7, check="QX")

    assert vault.verify().counts["entities"] == 1


def test_an_entity_is_shared_between_scopes(vault, scope):
    here = add_jane(vault, scope)
    there = add_jane(vault, vault.scopes.ensure("other"), number=1, check="BC")

    assert here.entity_id == there.entity_id


def test_a_label_is_given_once(vault, scope):
    jane = add_jane(vault, scope)
    vault.entities.add_variant(jane, "last", "Doe")

    with pytest.raises(IntegrityError):
        vault.entities.add_variant(jane, "last", "DOE")


def test_numbers_go_up_by_type_and_scope(vault, scope):
    assert vault.entities.highest_numbers(scope, [PERSON]) == {PERSON: 0}
    add_jane(vault, scope, number=41)

    assert vault.entities.highest_numbers(scope, [PERSON, EMAIL]) == {PERSON: 41, EMAIL: 0}
    assert vault.entities.highest_numbers(vault.scopes.ensure("other"), [PERSON]) == {PERSON: 0}


def test_with_checks_lists_the_scopes_tokens_with_those_letters(vault, scope):
    add_jane(vault, scope)
    vault.entities.add(scope, EMAIL, "a@example.com", "a@example.com", number=3, check="QX")
    vault.entities.add(scope, EMAIL, "b@example.com", "b@example.com", number=4, check="BC")

    found = vault.entities.with_checks(scope, ["QX", "ZZ"])

    assert sorted(found) == [(EMAIL, 3, "QX"), (PERSON, 7, "QX")]


def new_people(*numbers: int, check: str = "QX") -> list[NewToken]:
    return [NewToken(PERSON, f"person {n}", f"Person {n}", n, check, ("person",)) for n in numbers]


def test_many_are_added_as_one_is(vault, scope):
    added = vault.entities.add_many(scope, new_people(1, 2, 3))

    assert vault.entities.surfaces(scope) == added
    assert vault.entities.find_parts(scope, PERSON, ["person"]) == {
        "person": [[one] for one in added]
    }
    assert len({one.entity_id for one in added}) == 3


def test_many_share_the_entities_that_are_known(vault, scope):
    first = vault.entities.add_many(scope, new_people(2))
    other = vault.scopes.ensure("other")
    added = vault.entities.add_many(other, new_people(1, 2, 3, check="RT"))

    assert added[1].entity_id == first[0].entity_id
    assert vault.verify().counts["entities"] == 3
    assert vault.entities.surfaces(other) == added


@pytest.mark.parametrize("numbers", [(7, 1, 2), (1, 7, 2), (1, 2, 7), (3, 3)])
def test_one_token_issued_before_keeps_all_out(vault, scope, numbers):
    add_jane(vault, vault.scopes.ensure("other"))

    with pytest.raises(IntegrityError):
        vault.entities.add_many(scope, new_people(*numbers))

    assert vault.verify().counts["entities"] == 1
    assert vault.entities.surfaces(scope) == []


def test_adding_nothing_writes_nothing(vault, scope):
    assert vault.entities.add_many(scope, []) == []
    vault.entities.add_variants([])

    assert vault.entities.newest() == 0


def test_a_surface_of_no_token_keeps_all_out(vault, scope):
    jane = add_jane(vault, scope)
    nobody = replace(jane, number=8)

    with pytest.raises(IntegrityError):
        vault.entities.add_variants(
            [replace(jane, label="last", surface="Doe"), replace(nobody, label="last")]
        )

    assert vault.entities.surfaces(scope) == [jane]


def test_a_thousand_new_values_cost_as_many_statements_as_ten(vault, scope, monkeypatch):
    """Speed is measured elsewhere; what makes it, few statements, is kept here."""
    counts = [statements_for(vault, scope, range(1, 11), monkeypatch)]
    counts.append(statements_for(vault, scope, range(11, 1011), monkeypatch))

    assert counts[0] == counts[1]


def statements_for(vault, scope, numbers, monkeypatch):
    """Return how many statements adding these people and finding them again runs."""
    seen = []
    with monkeypatch.context() as patched:
        for name in ("rows", "write", "write_many"):
            real = getattr(Database, name)
            patched.setattr(
                Database, name, lambda *given, _real=real: (seen.append(1), _real(*given))[1]
            )
        with vault.transaction():
            vault.entities.add_many(scope, new_people(*numbers))
            vault.entities.find_many(scope, [(PERSON, f"Person {n}") for n in numbers])
            vault.entities.find_keys(scope, [(PERSON, f"person {n}") for n in numbers])
            vault.entities.find_parts(scope, PERSON, [f"part {n}" for n in numbers])
    return len(seen)


def test_surfaces_lists_everything_a_scope_knows_in_order(vault, scope):
    jane = add_jane(vault, scope)
    last = vault.entities.add_variant(jane, "last", "Doe")
    add_jane(vault, vault.scopes.ensure("other"), number=9, check="ZZ")

    assert vault.entities.surfaces(scope) == [jane, last]


def test_the_list_shows_newest_first_with_variants_and_scopes(vault, scope):
    jane = add_jane(vault, scope)
    vault.entities.add_variant(jane, "last", "Doe")
    vault.entities.add(scope, EMAIL, "a@example.com", "a@example.com", number=1, check="BC")

    mail, person = vault.entities.list()

    assert mail.surface == "a@example.com"
    assert person.variants == ("Jane Doe", "Doe")
    assert person.scopes == ("acme",)
    assert [one.surface for one in vault.entities.list(entity_type=PERSON)] == ["Jane Doe"]
    assert len(vault.entities.list(limit=1)) == 1


def test_an_unknown_scope_names_near_ones(vault, scope):
    with pytest.raises(UnknownName, match="Did you mean acme"):
        vault.scopes.get("acne")


def test_a_scope_is_made_once_and_keeps_its_key(vault, scope):
    assert vault.scopes.ensure("acme") == scope
    assert vault.scopes.get("acme") == scope
    assert len(scope.token_key) == 32
    assert vault.scopes.ensure("other").token_key != scope.token_key
    assert [one.name for one in vault.scopes.all()] == ["acme", "other"]


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(surface=ANY_TEXT, key=ANY_TEXT, part=ANY_TEXT)
def test_any_text_comes_back_exactly_surrogates_and_nul_included(vault, scope, surface, key, part):
    with vault.rehearsal():
        added = vault.entities.add(scope, PERSON, key, surface, number=1, check="QX", parts=(part,))

        assert vault.entities.find(scope, PERSON, surface) == added
        assert vault.entities.find_many(scope, [(PERSON, surface)]) == {(PERSON, surface): added}
        assert vault.entities.find_keys(scope, [(PERSON, key)]) == {(PERSON, key): [added]}
        assert vault.entities.find_parts(scope, PERSON, [part]) == {part: [[added]]}
