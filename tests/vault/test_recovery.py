import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.errors import UsageError
from maskwell.vault.recovery import decode_recovery, encode_recovery, new_recovery_secret

SECRETS = st.binary(min_size=20, max_size=20)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(SECRETS)
def test_a_code_gives_its_secret_back(secret):
    code = encode_recovery(secret)

    assert decode_recovery(code) == secret
    assert [len(group) for group in code.split("-")] == [5] * 8


@given(SECRETS)
def test_case_spacing_and_look_alikes_do_not_matter(secret):
    typed = encode_recovery(secret).lower().replace("-", "  ").replace("0", "o").replace("1", "l")

    assert decode_recovery(f" {typed}\n") == secret


@given(SECRETS, st.integers(0, 39), st.sampled_from(LETTERS))
def test_any_one_wrong_letter_is_noticed_and_its_group_named(secret, at, letter):
    letters = list(encode_recovery(secret).replace("-", ""))
    if letters[at] == letter:
        letter = LETTERS[(LETTERS.index(letter) + 1) % 32]
    letters[at] = letter

    with pytest.raises(UsageError, match=f"Group {at // 5 + 1} "):
        decode_recovery("".join(letters))


@given(SECRETS, st.integers(0, 7), st.integers(0, 3))
def test_two_swapped_neighbours_are_noticed(secret, group, at):
    letters = list(encode_recovery(secret).replace("-", ""))
    first = group * 5 + at
    if letters[first] == letters[first + 1]:
        return
    letters[first], letters[first + 1] = letters[first + 1], letters[first]

    with pytest.raises(UsageError, match=f"Group {group + 1} "):
        decode_recovery("".join(letters))


@given(SECRETS, st.integers(0, 6))
def test_two_swapped_groups_are_noticed(secret, at):
    groups = encode_recovery(secret).split("-")
    groups[at], groups[at + 1] = groups[at + 1], groups[at]

    with pytest.raises(UsageError):
        decode_recovery("-".join(groups))


@pytest.mark.parametrize("code", ["", "ABC", "U" * 40, "0" * 39, "0" * 41, "é" * 40])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(UsageError):
        decode_recovery(code)


def test_secrets_are_random_and_long_enough():
    first, second = new_recovery_secret(), new_recovery_secret()

    assert first != second
    assert len(first) * 8 == 160
