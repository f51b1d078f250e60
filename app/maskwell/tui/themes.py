"""The three looks: dark, light and high contrast. No meaning is carried by colour alone."""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["DEFAULT_THEME", "THEMES", "variables"]

DEFAULT_THEME = "maskwell-dark"


def variables(**own: str) -> dict[str, str]:
    """Return a look's own colours with what every look has, named as style sheets do."""
    return {
        "footer-background": "$background",
        "block-cursor-text-style": "bold",
        **{name.replace("_", "-"): value for name, value in own.items()},
    }


THEMES = (
    Theme(
        name="maskwell-dark",
        dark=True,
        primary="#7fb7a6",
        secondary="#8fa3bf",
        accent="#7fb7a6",
        warning="#e0b063",
        error="#e5796d",
        success="#8cc084",
        foreground="#d9dde3",
        background="#14171c",
        surface="#191d23",
        panel="#20252d",
        variables=variables(
            private="#8fd6c1",
            private_background="#1f3a36",
            kept="#e0b063",
            heading="#e8ebef",
            code="#c9b8e8",
            code_background="#1b2027",
            faint="#8590a0",
            border="#343c47",
            input_cursor_background="#d9dde3",
            input_selection_background="#3a5f63 60%",
        ),
    ),
    Theme(
        name="maskwell-light",
        dark=False,
        primary="#1f6f5c",
        secondary="#4a5b78",
        accent="#1f6f5c",
        warning="#8a5a00",
        error="#b3261e",
        success="#2f6b2a",
        foreground="#20252b",
        background="#fbfaf7",
        surface="#f4f2ed",
        panel="#eae7e0",
        variables=variables(
            private="#0b5c4b",
            private_background="#d3ece4",
            kept="#8a5a00",
            heading="#111418",
            code="#5a3d8a",
            code_background="#f0ede6",
            faint="#6b7078",
            border="#cdc8bd",
            input_cursor_background="#20252b",
            input_selection_background="#b8d8d0",
        ),
    ),
    Theme(
        name="maskwell-contrast",
        dark=True,
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffd700",
        error="#ff6b6b",
        success="#7cff7c",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        text_alpha=1.0,
        variables=variables(
            private="#00ffd0",
            private_background="#003c33",
            kept="#ffd700",
            heading="#ffffff",
            code="#ffffff",
            code_background="#1c1c1c",
            faint="#d0d0d0",
            border="#ffffff",
            input_cursor_background="#ffff00",
            input_selection_background="#0000aa",
        ),
    ),
)
