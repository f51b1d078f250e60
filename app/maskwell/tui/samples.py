"""An invented prompt to try the app with; every person and number in it is made up."""

from __future__ import annotations

__all__ = ["SAMPLE"]

SAMPLE = """\
Please write a friendly reply to this customer and summarise the case in two sentences.

Hello, my name is Marta Lindqvist. My order never arrived at 14 Alder Lane, Brookfield.
You can reach me at marta.lindqvist@example.com or (415) 555-0132.
I paid with card 4111 1111 1111 1111 on 3 March 2025.

Thank you,
Marta Lindqvist"""
