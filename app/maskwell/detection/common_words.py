"""Ordinary English words that are also names; alone they do not name a person.

"Will", "May" or "Grant" found once in a full name must not turn every "will" of the text
into that person.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COMMON_WORDS"]

COMMON_WORDS: Final = frozenset(
    """
    abbey able ace angel april apple archer art ash aspen august autumn avenue bailey baker
    banks bar barber barn baron bass bay beach bean bear beau bell berg berry best bill
    birch bird bishop black blaze bliss block bloom blue bolt bond booker booth bow boy brand
    bridge bright brook brown buck bud bull burger bush butcher butler candy cannon card carol
    carpenter carry carter case cash castle chance chandler chapel chapman charity chase cherry
    chess chill christian christmas church city clay clear cliff close cloud coal coast cole
    colt comfort cook cooper corn cotton court crane creek crisp cross crow crown crystal
    daisy dale dash dawn day deacon dean deer destiny diamond dick dollar dove drake draper
    dream drew duke dusty dutch earl early east easter echo eden ember english eve ever
    fair faith falcon fall farmer fern field fine finger fire fish fisher flint flora flower
    floyd ford forest fort forward foster fountain fox frank free freedom french friend frost
    fuller gage gale garden gardener garland gates gay gene gentle gill ginger glass gold golden
    good goose grace grand grant graves gray green grey griffin grove guest guide gunner guy
    hall hand happy harbor hardy harmony harper hart harvest haven hawk hay hazel head heart
    heath heather heaven heller henry herald hero high hill holiday holly honey honor hood hope
    house hunt hunter ice iris iron island ivy jack jade jasmine jay jean jersey jet jewel
    job jolly jordan joy judge july june junior just justice keen key king kings kit knight
    lake lance land lane lark laurel law lawn lawyer lee legend lemon leo liberty light lily
    lincoln link lion little lock long lord lot lotus love loyal luck lucky lynx mace mack major
    manly maple march marina mark mars marsh marshal marshall mason master max may mayor
    meadow melody mercy merit merry micro mike mild miles mill miller mine minor miracle mist
    misty money monk monday moon moore moss mountain music myth near new nice night noble noel
    nova oak ocean olive opal oral orange order otter page pace painter palm paris park parker
    parson pat patience pay peace peak pearl penny pepper perry pet piano pike pine piper
    pitt plant poet point pole pond poole pope porter post potter potts pound power precious
    president price pride prince princess promise prosper queen quest quick rain rainbow ranger
    raven ray read ready red reed regal rich ridge ring rise river road rob robin rock
    rocky rod roman rosa rose rosemary ross royal ruby rush rust ryder sage sailor saint sally
    salt sand sandy savannah savage sawyer scout sea self senior serene shade sharp shaw shell
    shepherd shore short silver simple sister sky skinner slack slater sloan small smart smith
    snow song south spark sparks speaker spear spice spring stack star steel sterling stern
    stone stock storm story strange stream street strong sue summer summers sun sunday sunny
    swan sweet swift tab tailor tale tanner taylor teal temple tenor terrace thorn tiger tina
    title todd tom tower town trace tree trinity trip true trust tucker turner tyler usher
    vale valentine valley van victor violet virginia walker wall waller ward warden warner
    wash water waters way weaver webb week wells west wheat wheeler white wick wild wilder will
    willow wind winner winter wise wolf wood woods word worth wren wright young
    admin agent anyone assistant author brother buyer captain chief child client company contact
    customer dad daughter doctor driver employee father granny guardian husband judge lady landlord
    manager mom mother mum nurse officer owner parent partner patient person professor sir son
    student teacher tenant user wife
    """.split()
)
"""In lower case."""
