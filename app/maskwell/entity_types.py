"""The vocabulary of what can be private: one short word per kind, read well by models.

The same words name a finding's type, a policy's subject and a token's type.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["EntityType"]


class EntityType(StrEnum):
    """A kind of private value. A finer kind is a `subtype` string ("us_ssn", "birth")."""

    PERSON = "PERSON"
    USERNAME = "USERNAME"
    PLACE = "PLACE"
    ADDRESS = "ADDRESS"
    ORG = "ORG"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    DATE = "DATE"
    AGE = "AGE"
    ID = "ID"
    """National, passport, licence, tax, medical and insurance numbers."""
    CARD = "CARD"
    IBAN = "IBAN"
    BANK = "BANK"
    CRYPTO = "CRYPTO"
    IP = "IP"
    MAC = "MAC"
    URL = "URL"
    SECRET = "SECRET"  # noqa: S105  # a type's name, not a credential
    VEHICLE = "VEHICLE"
    TERM = "TERM"
    """The user's own words."""
    GROUP = "GROUP"
    """Nationality, religion, politics."""
    HEALTH = "HEALTH"
    LITERAL = "LITERAL"
    """Text that already looked like a token when it came in; never detected, only masked."""
