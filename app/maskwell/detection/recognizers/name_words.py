"""The words that stand before a person's name, and ordinary words that are none."""

from __future__ import annotations

from typing import Final

__all__ = ["GREETINGS", "INTRODUCTIONS", "LABELS", "NOT_NAMES", "SIGNATURES", "TITLES"]

GREETINGS: Final = (
    "dear", "hi", "hello", "hey", "good morning", "good afternoon", "good evening", "hallo",
    "bonjour", "hola", "liebe", "lieber", "chère", "cher", "estimado", "estimada", "ciao",
    "greetings", "beste", "caro", "cara", "querida", "querido", "moin", "thanks", "thank you",
)  # fmt: skip
TITLES: Final = (
    "mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "sir", "herr", "frau", "mme",
    "mlle", "madame", "monsieur", "sr", "sra", "señor", "señora", "signor", "signora", "rev",
    "hon", "judge", "captain", "sgt", "lt", "officer", "nurse", "doctor", "detective", "dame",
)  # fmt: skip
INTRODUCTIONS: Final = (
    "my name is", "my name's", "name is", "i am called", "call me", "i'm", "i am", "this is",
    "ich bin", "ich heiße", "je m'appelle", "me llamo", "mi chiamo", "speaking with",
    "signed by", "written by", "attn", "c/o", "regards to", "spoke to", "spoke with", "met with",
    "my husband", "my wife", "my son", "my daughter", "my brother", "my sister", "my mother",
    "my father", "my boss", "my colleague", "my friend", "my manager", "my neighbor",
    "my neighbour", "my partner", "my client", "my patient", "my landlord", "on behalf of",
    "cardholder", "payable to",
)  # fmt: skip
LABELS: Final = (
    "name", "full name", "fullname", "first name", "firstname", "last name", "lastname",
    "surname", "given name", "family name", "maiden name", "patient", "patient name", "client",
    "client name", "customer", "customer name", "employee", "employee name", "contact",
    "contact name", "contact person", "attendee", "applicant", "tenant", "landlord", "guardian",
    "spouse", "insured", "claimant", "plaintiff", "defendant", "witness", "from", "to", "cc",
    "bcc", "reviewer", "signed", "supervisor", "physician", "doctor", "nurse", "teacher",
    "student", "candidate", "buyer", "seller", "beneficiary", "sender", "recipient", "cardholder",
    "account holder", "next of kin", "emergency contact", "nom", "prénom", "vorname",
    "nachname", "nombre", "apellido", "apellidos", "cognome", "nome", "mother", "father",
    "employer contact", "mitarbeiter", "ansprechpartner", "kunde", "user name",
)  # fmt: skip
SIGNATURES: Final = (
    "regards", "kind regards", "best regards", "warm regards", "many regards", "best",
    "best wishes", "sincerely", "yours sincerely", "yours faithfully", "yours truly", "cheers",
    "thanks", "thank you", "many thanks", "cordially", "respectfully", "love", "warmly",
    "mit freundlichen grüßen", "viele grüße", "beste grüße", "cordialement", "saludos",
    "atentamente", "cordiali saluti", "all the best", "take care", "xoxo", "thx",
    "met vriendelijke groet",
)  # fmt: skip
NOT_NAMES: Final = frozenset(
    """the a an all team everyone everybody sir madam customer support customers colleagues folks
    there world god santa friend friends hiring manager admin administrator user users none null
    true false n/a na unknown tbd yes no is not he she it we they you i in on at for from to and
    or but sorry happy glad writing here just so very sure looking trying going using new unable
    also still currently able about afraid pleased thanks thank please today tomorrow monday
    tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december string str int float bool varchar text required
    optional self this that what when where which who how why if then else return build run test
    tests install deploy checkout setup set upload download release publish lint check create
    update delete get post put error warning info debug my your our their his her its with as by
    of be been was were are am do does did can could would should must might shall let
    one two three first second next last good great best more most other some any each every
    company department service services group office bank hospital university school college inc
    llc ltd gmbh corporation python java linux windows google microsoft github docker english
    german french spanish american british""".split()
)
"""Words that end a name when they stand in its place."""
