"""One module per family of private values; `all_recognizers` puts them together."""

from __future__ import annotations

from maskwell.detection.recognizers.address import AddressRecognizer
from maskwell.detection.recognizers.address_abroad import AbroadAddressRecognizer
from maskwell.detection.recognizers.age import AgeRecognizer
from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.card import CardRecognizer
from maskwell.detection.recognizers.columns import ColumnRecognizer
from maskwell.detection.recognizers.coordinates import CoordinateRecognizer
from maskwell.detection.recognizers.crypto import CryptoRecognizer
from maskwell.detection.recognizers.dates import DateRecognizer
from maskwell.detection.recognizers.east_asian import EastAsianRecognizer
from maskwell.detection.recognizers.email import EmailRecognizer
from maskwell.detection.recognizers.fields import FieldRecognizer
from maskwell.detection.recognizers.iban import IbanRecognizer
from maskwell.detection.recognizers.identity import IdentityRecognizer
from maskwell.detection.recognizers.labelled import LabelledRecognizer
from maskwell.detection.recognizers.named import NamedRecognizer
from maskwell.detection.recognizers.network import IpRecognizer, MacRecognizer
from maskwell.detection.recognizers.organisation import OrganisationRecognizer
from maskwell.detection.recognizers.phone import PhoneRecognizer
from maskwell.detection.recognizers.plates import PlateRecognizer
from maskwell.detection.recognizers.secret import SecretRecognizer
from maskwell.detection.recognizers.segments import SegmentRecognizer
from maskwell.detection.recognizers.travel_codes import TravelCodeRecognizer
from maskwell.detection.recognizers.username import UsernameRecognizer
from maskwell.detection.recognizers.web import UrlRecognizer
from maskwell.detection.recognizers.whereabouts import WhereaboutsRecognizer

__all__ = ["Match", "Recognizer", "all_recognizers"]


def all_recognizers(*, names: bool) -> list[Recognizer]:
    """Return one of each recogniser; the name model's only where `names` are asked for.

    Raises:
        IntegrityError: a file of the name model is missing or altered.
    """
    rules: list[Recognizer] = [
        EmailRecognizer(),
        SecretRecognizer(),
        UrlRecognizer(),
        IpRecognizer(),
        MacRecognizer(),
        CardRecognizer(),
        IbanRecognizer(),
        IdentityRecognizer(),
        LabelledRecognizer(),
        CryptoRecognizer(),
        AgeRecognizer(),
        UsernameRecognizer(),
        CoordinateRecognizer(),
        AddressRecognizer(),
        PhoneRecognizer(),
        DateRecognizer(),
        NamedRecognizer(),
        OrganisationRecognizer(),
        EastAsianRecognizer(),
        WhereaboutsRecognizer(),
        PlateRecognizer(),
        AbroadAddressRecognizer(),
        ColumnRecognizer(),
        FieldRecognizer(),
        SegmentRecognizer(),
        TravelCodeRecognizer(),
    ]
    if not names:
        return rules
    from maskwell.detection.recognizers.tagged import (  # noqa: PLC0415  # brings onnxruntime
        TaggedRecognizer,
    )

    return [*rules, TaggedRecognizer()]
