"""Which HTML is kept: an allow-list of elements and attributes, and what becomes of the rest."""

from __future__ import annotations

__all__ = [
    "DROPPED_TREES",
    "INLINE",
    "KEPT_ELEMENTS",
    "META_NAMES",
    "NAME_ATTRIBUTES",
    "PROSE_ATTRIBUTES",
    "SHAPE_ATTRIBUTES",
    "URL_ATTRIBUTES",
]

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark "
    "nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements within a sentence; every other element ends one."""

KEPT_ELEMENTS = INLINE | frozenset(
    "address article aside blockquote body br button caption center col colgroup dd details dialog "
    "dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr "
    "html legend li main map area menu meta meter nav noscript ol optgroup option output p picture "
    "pre progress search section select style summary table tbody td template textarea tfoot th "
    "thead title tr ul".split()
)

DROPPED_TREES = frozenset(
    "applet audio base canvas embed frame frameset iframe link math object param portal script "
    "source svg track video".split()
)
"""Programs, embedded files and other pages: dropped with everything inside."""

PROSE_ATTRIBUTES = frozenset(
    "abbr alt aria-description aria-label aria-roledescription aria-valuetext content datetime "
    "label placeholder summary title value".split()
)
URL_ATTRIBUTES = frozenset("action cite href src".split())
NAME_ATTRIBUTES = frozenset("class for headers id name style".split())
"""Names and styling: kept, and searched for known values only."""

SHAPE_ATTRIBUTES = frozenset(
    "align aria-hidden axis bgcolor border cellpadding cellspacing char charset checked color cols "
    "colspan compact controls dir disabled enctype face height hidden high hspace http-equiv lang "
    "low max maxlength method min minlength multiple noshade nowrap open optimum pattern readonly "
    "rel required reversed role rows rowspan rules scope selected shape size span start step "
    "target type valign vspace width wrap".split()
)
"""Attributes whose values are numbers and set words; anything longer is dropped."""

META_NAMES = frozenset("author description keywords viewport title".split())
