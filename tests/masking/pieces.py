"""Pieces of tokens and of what surrounds them: put together at random they are nearly tokens."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *("[", "]", "[[", "\\[", "\\]", "{", "}", "{{", "}}", "<", ">", "&lt;", "&gt;", "&#91;"),
        *("&#93;", "%5B", "%5D", "\\u005b", "\\u005d", "［", "］", "(", ")", "](", "]("),
        *("PERSON", "person", "ID", "IP", "EMAIL", "LITERAL", "P", "PER", "SON", "I", "D"),
        *("_", "-", "\\_", "%5F", "&#95;", ":", " ", "\n", "\t", "**", "`", '"', "'", "\\"),
        *("1", "2", "7", "12", "1XM", "7QX", "CC", "c", "X", "Q", "s", "'s", "0", "９", "\u200b"),
        *("last", ":last]", "last]", "first", "v2k", "l", "u", ":", "upper]", " last]"),
        *("https://", "://", "//", "www.", "x.com/", "mailto:", "href=", 'src="', "url(", "?"),
        *("Jane Doe", "Doe", "jane@example.com", "é", "先生", "\x00", "\ud800", "\U0001f600", "İ"),
    ]
)
WHOLE_TOKENS = st.sampled_from(
    [
        *("[PERSON_1XM]", "PERSON_7QX", "[ID_12CC:last]", "[person_1xm]", "IP-3KK", "{EMAIL_4RT}"),
        *("[PERSON_1XM", "PERSON_1XM]", "[ID_2CC:", "\\[ID_1XM\\]", "&lt;ID_1XM&gt;"),
        *("[ ID_ 1XM ]", "[PERSON_3]", "[ID_ABC", "[PERSON_0:x]"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=14).map("".join),
    st.lists(st.one_of(PIECES, st.text(st.characters(), max_size=3)), max_size=10).map("".join),
    st.text(st.characters(), max_size=60),
)
TOKENISED_TEXTS = st.one_of(
    TEXTS, st.lists(st.one_of(PIECES, WHOLE_TOKENS, WHOLE_TOKENS), max_size=12).map("".join)
)
