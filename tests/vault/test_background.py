import pytest

from maskwell.errors import IntegrityError, VaultBusy, VaultWriteFailed
from maskwell.vault import Kept, Vault, background, opening, session
from maskwell.vault.keys import DataKey
from maskwell.vault.records import now_ms

PAGE = 4096


def opened(home, key_bytes, *, read_only=False) -> Vault:
    return Vault.open_with(home, lambda _header: DataKey(bytearray(key_bytes)), read_only=read_only)


@pytest.fixture
def large(vault, scope, home, monkeypatch):
    """A closed vault that counts as large."""
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    with vault.transaction():
        for number in range(200):
            vault.history.append(talk.id, "user", Kept(f"{number} " + "word " * 200))
    vault.close()
    for module in (opening, session):
        monkeypatch.setattr(module, "WHOLE_BYTES", 10 * PAGE)
    return home


def damage(home, page: int) -> None:
    with home.vault.open("r+b") as file:
        file.seek(page * PAGE + 100)
        file.write(b"damage")


def use_checked(home, key_bytes) -> None:
    """Open the vault and read from it; damage may be found before the opening has ended."""
    with opened(home, key_bytes) as vault:
        vault._check.wait()
        vault.scopes.all()


def set_checked_at(home, key_bytes, milliseconds: int) -> None:
    with opened(home, key_bytes) as vault:
        vault._check.wait()
        vault._database.write(
            "UPDATE facts SET value = ? WHERE name = 'checked_at'", (milliseconds,)
        )


def test_a_large_sound_vault_is_read_whole_while_it_is_used(large, key_bytes):
    set_checked_at(large, key_bytes, now_ms() - 1000)
    before = now_ms()

    with opened(large, key_bytes) as vault:
        vault._check.wait()
        (row,) = vault._database.rows("SELECT value FROM facts WHERE name = 'checked_at'")

    assert row[0] >= before


@pytest.mark.sec
def test_flip_damage_in_a_large_vault_condemns_it_while_it_is_used(large, key_bytes):
    set_checked_at(large, key_bytes, now_ms())
    damage(large, 60)

    with pytest.raises(IntegrityError):
        use_checked(large, key_bytes)


@pytest.mark.sec
@pytest.mark.parametrize("refused", [VaultBusy, VaultWriteFailed])
def test_flip_a_check_that_could_not_be_made_is_no_damage(vault, refused):
    def connect():
        raise refused("not now")

    check = background.BackgroundCheck(vault._database, connect)
    check.start()
    check.wait()

    assert vault.scopes.all() == []
    assert vault._database.row("SELECT 1 FROM facts WHERE name = 'checked_at'") is not None


@pytest.mark.sec
@pytest.mark.parametrize("age_ms", [background.WHOLE_EVERY_MS + 1, -60_000])
def test_flip_a_large_vault_long_unchecked_is_checked_before_it_opens(large, key_bytes, age_ms):
    set_checked_at(large, key_bytes, now_ms() - age_ms)
    damage(large, 60)

    with pytest.raises(IntegrityError):
        opened(large, key_bytes)


@pytest.mark.sec
def test_flip_a_truncated_large_vault_does_not_open(large, key_bytes):
    content = large.vault.read_bytes()
    large.vault.write_bytes(content[:-PAGE])

    with pytest.raises(IntegrityError):
        opened(large, key_bytes)


def test_closing_does_not_wait_for_the_check(large, key_bytes):
    set_checked_at(large, key_bytes, 5)

    opened(large, key_bytes).close()

    with opened(large, key_bytes) as vault:
        assert vault.verify().is_healthy


def test_a_reader_looks_things_up_beside_the_writer(vault, scope, home, key_bytes):
    vault.lexicon.add_term("Falcon")

    with opened(home, key_bytes, read_only=True) as reader:
        assert reader.is_read_only
        assert [term[0] for term in reader.lexicon.terms()] == ["Falcon"]
        vault.lexicon.add_term("Eagle")
        assert len(reader.lexicon.terms()) == 2
        assert reader.verify().is_healthy


def test_a_reader_cannot_write(vault, scope, home, key_bytes):
    with opened(home, key_bytes, read_only=True) as reader:
        with pytest.raises(VaultBusy, match="reading only"):
            reader.rehearsal().__enter__()
        with pytest.raises((VaultBusy, VaultWriteFailed)):
            reader.lexicon.add_term("Falcon")

    assert vault.lexicon.terms() == []


def test_a_reader_opens_a_vault_that_nobody_has_open(home, key_bytes):
    with opened(home, key_bytes, read_only=True) as reader:
        assert reader.scopes.all() == []

    with opened(home, key_bytes) as vault:
        assert vault.verify().is_healthy


@pytest.mark.sec
def test_flip_damage_is_noticed_by_a_reader_too(large, key_bytes, monkeypatch):
    monkeypatch.setattr(opening, "WHOLE_BYTES", 1 << 30)
    damage(large, 60)

    with pytest.raises(IntegrityError):
        opened(large, key_bytes, read_only=True)
