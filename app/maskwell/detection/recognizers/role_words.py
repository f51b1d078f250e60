"""What people are to each other and do for a living: words that stand where a name may stand.

"Dear Applicant" greets nobody by name, and "Dear Councillor Hale" somebody called Hale. Words that
are as common surnames (Baker, Porter) stay out; what is left is a name after a title at most.
"""

from __future__ import annotations

import re
from typing import Final

from maskwell.detection.recognizers.name_words import NOT_NAMES

__all__ = [
    "OFFICES",
    "ROLE_WORDS",
    "before_roles",
    "is_role",
    "surname_of_an_office",
    "without_roles",
]

ROLE_WORDS: Final = frozenset(
    """
    accused admiral adviser advisor advocate afternoon agent alumni alumnus ambassador appellant
    applicant applicants archbishop assessor assignee assistant attendee attorney auditor auntie
    author bailiff barrister beautiful beneficiary bidder bishop board bookseller borrower both
    broker buyer candidate candidates captain cardholder cardinal caregiver carer carers caretaker
    chair chairman chairperson chairwoman chancellor chief citizen citizens claimant claimants
    clerk client clients clinician coach colleague collector colonel commander commissioner
    committee complainant comrade comrades congressman congresswoman constable consul consultant
    consumer contractor contributor coordinator coroner corporal councillor councillors councilman
    counsel counsellor counselor cousin creditor curate customer dad daddy darling daughter debtor
    deceased defence defendant defense delegate delegates dentist deputy detainee detective
    developer diary director directors doctor doctors donor donors driver editor editors elector
    eminence emperor employee employees employer engineer enquirer esteemed evening examiner
    excellency executor exhibitor fan fans fellow foreign freeholder general god gorgeous governor
    governors graduate gran grandad granddad grandfather grandma grandmother grandpa granny
    guardian guardians guest headmaster headmistress headteacher highness homeowner honorable
    honourable householder imam inmate inspector instructor insurer intern investigator investor
    investors journal judge judges juror keeper ladyship landlord leader leaseholder lender
    librarian licensee lieutenant listener lordship lovely loyal majesty mama manager managers
    mate mayor member members midwife minister ministers mister moderator mom momma mommy morning
    mother mum mummy nan nana neighbor neighbour newcomer nurse nurses occupant occupier officer
    ombudsman operator organiser organizer owner papa parent parents participant participants
    partner partners passenger patient patients patron pensioner petitioner pharmacist physician
    plaintiff player players policyholder policyholders postmaster potential practitioner premier
    president prime principal prisoner prophet proprietor prosecutor prospect prospective provider
    purchaser rabbi ratepayer receptionist recipient rector referee registrar representative
    resident respected respondent respondents reviewer reviewers secretary senator senators
    sergeant shareholder shareholders sheikh sheriff solicitor solicitors son speaker speakers
    specialist sponsor sponsors staff stakeholder stakeholders subscriber subscribers sufferer
    superintendent supervisor supplier suppliers supporter supporters surgeon surveyor sweetheart
    taxpayer teacher teachers tenant therapist trainee trainer traveler traveller treasurer
    trustee trustees tutor uncle undergraduate underwriter valued vendor vendors vicar victim
    viewer viewers visitor visitors volunteer volunteers voter warden winner witness worker
    worship
    """.split()
)
"""In lower case."""
_CAPITAL_NAMES: Final = frozenset(
    "cardinal chancellor constable imam mate papa sergeant sheikh sheriff warden".split()
)
"""Names with a capital, and in small letters what somebody is."""
_ALSO_NAMES: Final = _CAPITAL_NAMES | frozenset(
    "bishop darling fan judge keeper nan nana prime son".split()
)
"""First and family names too: alone they may be somebody, and before a name they are of it."""
_TITLES: Final = frozenset(
    "bishop cardinal chancellor constable judge keeper sergeant sheriff warden".split()
)
"""Family names that before a name are a title."""
_FAMILY_NAMES: Final = _ALSO_NAMES | frozenset(
    """
    both buyer captain clerk coach cousin driver gran leader mayor nurse parent patron player
    principal prophet rector speaker winner
    """.split()
)
"""What a full name may end in ("Mary Ann Driver") though alone it mostly names nobody."""
_PLAIN_ROLES: Final = ROLE_WORDS - _ALSO_NAMES
OFFICES: Final = ROLE_WORDS | {"deacon", "dean", "justice", "marshal", "marshall"}
"""What may be a surname, where a full name ends in it."""
_SHORT_ROLES: Final = frozenset(
    """
    AMHP AOB ASBO BDM CAFCASS CEO CFO CIO CMHT CMO CNA COO CPN CTO DCFS DCI DPO DSL DSO
    EDT EHCP EHCO EMT ESOL GP HLTA HR HV ICU IDVA ISVA ISW LPN LSA MAPPA
    MARAC MASH MGF MGM NFA NQT OIC PCSO PGF PGM PH PNC PRU RGN RMN RSO SDM SENCO SENDCO
    SENCo SLT SSW SW TBA TBC TP TPI TPV UASC VP
    """.split()
)
"""How clinics, schools, courts and the police write what somebody is, or what was done.

Those that are names in capitals, as Don, Flo, Hoy and Moh are, stay out.
"""
_RANKED: Final = frozenset(
    """acting associate chief deputy executive first general group head interim junior lead managing
    marketing prime regional sales second senior technical vice""".split()
)
"""What stands before a role ("Senior Specialist") and is left out with it alone."""
_FULL_NAME: Final = 2
_WORD = re.compile(r"[^\W\d_]+[ ]?")


def is_role(value: str) -> bool:
    """Tell whether a value is one word that says what somebody is, and nobody's name."""
    word = value.lower()
    return word in _PLAIN_ROLES or value in _CAPITAL_NAMES or value in _SHORT_ROLES


def surname_of_an_office(words: list[str]) -> str:
    """Return, in small letters, the role that a full name ends in ("Anna Cardinal"), or "".

    After a role or a rank ("Prime Minister") it is none, nor after a whole name ("Jo Doe Director")
    unless families are called so.

    Args:
        words: the words of a name, as written.
    """
    small = [word.lower() for word in words]
    if len(small) < _FULL_NAME or words[-1].islower() or small[-1] not in OFFICES:
        return ""
    first = small[-_FULL_NAME]
    if first in _PLAIN_ROLES or first in _RANKED or first in NOT_NAMES:
        return ""
    is_whole_before = len(small) > _FULL_NAME and small[-1] in ROLE_WORDS - _FAMILY_NAMES
    return "" if is_whole_before else small[-1]


def without_roles(text: str, start: int, end: int) -> int:
    """Return where the name begins after the roles before it; `end` when nothing is left."""
    while start < end:
        word = _WORD.match(text, start, end)
        if not word or not _is_before_a_name(text, word, end):
            return start
        if word.end() < end and not word.group().endswith(" "):
            return start  # "Mother-in-law" or "Parent's"
        start = word.end()
    return end


def before_roles(text: str, start: int, end: int) -> int:
    """Return where the name ends before the roles after two words of it or more."""
    words = [(m.start(), m.group().lower()) for m in re.finditer(r"\S+", text[start:end])]
    kept = len(words)
    while kept > _FULL_NAME and words[kept - 1][1] in ROLE_WORDS - _FAMILY_NAMES:
        kept -= 1
    if kept == len(words):
        return end
    while kept > _FULL_NAME and words[kept - 1][1] in _RANKED:
        kept -= 1
    return start + len(text[start : start + words[kept][0]].rstrip())


def _is_before_a_name(text: str, word: re.Match[str], end: int) -> bool:
    """Whether a word is a role rather than the name's first word: "Nana Doe", "Prime Minister"."""
    small = word.group().rstrip().lower()
    if small in _PLAIN_ROLES:
        return True
    after = _WORD.match(text, word.end(), end) if small in _ALSO_NAMES else None
    following = after.group().rstrip().lower() if after else ""
    is_title = small in _TITLES and bool(following)
    return is_title or following in _PLAIN_ROLES or following in NOT_NAMES
