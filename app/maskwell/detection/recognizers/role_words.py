"""What people are to each other and do for a living: words that stand where a name may stand.

"Dear Applicant" greets nobody by name, and "Dear Councillor Hale" somebody called Hale. Words that
are as common surnames (Baker, Porter) stay out; what is left is a name after a title at most.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["ROLE_WORDS", "before_roles", "is_role", "without_roles"]

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
_ALSO_NAMES: Final = frozenset("bishop darling fan judge keeper nan nana prime son".split())
_SHORT_ROLES: Final = frozenset(
    """
    AMHP AOB ASBO BDM CAFCASS CEO CFO CIN CIO CMHT CMO CNA COO CPN CTO DCFS DCI DON DPO DSL DSO
    EDT EHCP EHCO EMT ESOL FLO GP HLTA HOD HOY HR HV ICU IDVA IRO ISVA ISW LAC LADO LPN LSA MAPPA
    MARAC MASH MGF MGM MOH NFA NOK NQT OIC PCSO PGF PGM PH PNC PRU RGN RMN RSO SDM SENCO SENDCO
    SENCo SLT SSW SW TBA TBC TP TPI TPV UASC VP
    """.split()
)
"""How clinics, schools, courts and the police write what somebody is, or what was done."""
_RANKED: Final = frozenset(
    """acting associate chief deputy executive first general group head interim junior lead managing
    marketing regional sales second senior technical vice""".split()
)
"""What stands before a role ("Senior Specialist") and is left out with it alone."""
_FULL_NAME: Final = 2
_WORD = re.compile(r"[^\W\d_]+[ ]?")


def is_role(value: str) -> bool:
    """Tell whether a value is one word that says what somebody is, and nobody's name."""
    word = value.lower()
    return (word in ROLE_WORDS and word not in _ALSO_NAMES) or value in _SHORT_ROLES


def without_roles(text: str, start: int, end: int) -> int:
    """Return where the name begins after the roles before it; `end` when nothing is left."""
    while start < end:
        word = _WORD.match(text, start, end)
        if not word or word.group().rstrip().lower() not in ROLE_WORDS:
            return start
        if word.end() < end and not word.group().endswith(" "):
            return start  # "Mother-in-law" or "Parent's"
        start = word.end()
    return end


def before_roles(text: str, start: int, end: int) -> int:
    """Return where the name ends before the roles after two words of it or more."""
    words = [(m.start(), m.group().lower()) for m in re.finditer(r"\S+", text[start:end])]
    kept = len(words)
    while kept > _FULL_NAME and words[kept - 1][1] in ROLE_WORDS:
        kept -= 1
    if kept == len(words):
        return end
    while kept > _FULL_NAME and words[kept - 1][1] in _RANKED:
        kept -= 1
    return start + len(text[start : start + words[kept][0]].rstrip())
