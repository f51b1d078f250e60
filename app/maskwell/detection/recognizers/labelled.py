"""Numbers that only their label tells: passports, licences, accounts, records, plates, devices.

A candidate is a cue word; its value stands right after it, past words such as "number",
"no.", "is" or ":". Nothing is searched where no cue stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.id_checks import passes
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["LabelledRecognizer"]

_LINK: Final = re.compile(
    r"(?:[\s\"'()\[\]*_#:=.,>|-]{0,4}(?:\b(?:numbers?|num|no|nr|nº|n°|id|ids|code|card|book|plate"
    r"|is|was|are|of|der|the|for|my|your|his|her|their|our|ending in|to|with|valid|"
    r"registration|reg|account|acct|value|holder|issued|uk|us|eu|and|new|old|currently|reads"
    r"|nummer|numero|número|numéro|ist|es|est|lautet)\b)){0,5}[\s\"'()\[\]*_#:=.>|-]{0,6}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A kind of value that stands after one of its cues."""

    subtype: str
    what: str
    entity_type: EntityType
    value: re.Pattern[str]
    cues: tuple[str, ...]
    score: float
    check: str = ""


def _label(
    subtype: str, what: str, kind: EntityType, value: str, cues: str, *, score: float = 0.85,
    check: str = "",
) -> _Label:  # fmt: skip
    pattern = re.compile(rf"(?:{value})(?![0-9A-Za-z]|[-/][0-9A-Za-z])")
    words = tuple(word.strip() for word in cues.split(","))
    return _Label(subtype, what, kind, pattern, words, score, check)


_CODE: Final = r"(?=[A-Za-z\-/]{0,8}\d)[0-9A-Za-z]+(?:[-/][0-9A-Za-z]+){0,4}"
"""Letters and digits with at least one digit near the front."""
_SPACED: Final = r"\d{2,6}(?:[ \-]\d{2,6}){0,4}"
_LABELS: Final = (
    _label("passport", "a passport number", EntityType.ID,
           r"[A-Za-z]{0,3} ?\d{6,9}[A-Za-z]?|[A-Za-z]\d[0-9A-Za-z]{6,7}|\d{2} \d{7}",
           "passport, passport number, passport no, reisepass, passeport, pasaporte, passaporto,"
           " paspoort, passportnumber, passport_number, travel document"),
    _label("driving_licence", "a driving licence number", EntityType.ID,
           r"(?=[A-Za-z\- ]{0,6}\d)[A-Za-z]{0,5}[- ]?\d[0-9A-Za-z]{3,17}(?:[- ][0-9A-Za-z]{2,6}){0,4}",
           "driver's license, drivers license, driver license, driving licence, driving license,"
           " driver's licence, drivers licence, driver licence, dl number, dl no, dl#, license no,"
           " licence no, license number, licence number, führerschein, fuhrerschein,"
           " permis de conduire, carnet de conducir, patente di guida, rijbewijs, driver id"),
    _label("identity_card", "an identity card number", EntityType.ID, r"(?=.{0,3}\d.{0,4}\d)" + _CODE,
           "id card, identity card, national id, national id number, personalausweis,"
           " ausweisnummer, carte d'identité, carta d'identità, documento de identidad,"
           " residence permit, green card, alien registration, visa number, voter id"),
    _label("tax", "a tax number", EntityType.ID, r"[A-Z]{0,4}\d[0-9A-Z]{6,13}|" + r"\d{2,3}([ /\-])\d{2,5}\1\d{3,5}",
           "tax id, tax id number, taxpayer id, tin, tax number, vat, vat number, vat id, vat no,"
           " ust-id, ust-idnr, ust-id-nr, ssn, tax file number, fiscal code"),
    _label("medical_record", "a medical record number", EntityType.ID, r"(?=.{0,6}\d)" + _CODE,
           "mrn, medical record, medical record number, medical record no, med rec, patient id,"
           " patient number, patient no, chart number, chart no, hospital number, hospital no,"
           " encounter number, specimen id, accession number, record number, case file"),
    _label("health_plan", "a health plan number", EntityType.ID, r"(?=.{0,8}\d)" + _CODE,
           "member id, member number, member no, memberid, subscriber id, subscriber number,"
           " policy number, policy no, policy id, insurance id, insurance number, insurance no,"
           " health plan, group number, group no, medicaid, medicaid id, medicare id,"
           " beneficiary number, beneficiary id, claim number, claim no, claim id, rx bin,"
           " krankenversicherungsnummer, versichertennummer, health insurance"),
    _label("us_npi", "a US provider number", EntityType.ID, r"\d{10}", "npi", score=0.95, check="own:us_npi"),
    _label("us_dea", "a US DEA number", EntityType.ID, r"[A-Za-z][A-Za-z9]\d{7}", "dea, dea number, dea no, dea#", score=0.95, check="own:us_dea"),
    _label("certificate", "a licence or certificate number", EntityType.ID, r"(?=.{0,6}\d)(?=.{5})" + _CODE,
           "certificate number, certificate no, certificate id, bar number, medical license,"
           " medical licence, nursing license, professional license, state license, permit number,"
           " permit no, registration number, registration no, badge number, badge no, badge id,"
           " pilot license, license id"),
    _label("record", "a personal record number", EntityType.ID, r"(?=.{0,8}\d)(?=.{4})" + _CODE,
           "employee id, employee number, employee no, emp id, employeeid, employee_id, staff id,"
           " staff number, personnel number, payroll number, student id, student number,"
           " student no, matriculation number, matrikelnummer, customer id, customer number,"
           " customer no, client id number, client number, kundennummer, loyalty number,"
           " frequent flyer, membership number, membership no, membership id, library card,"
           " inmate number, service number, case number, case no, docket number, alien number,"
           " a-number, user id, userid, known traveler number, redress number, applicant id,"
           " candidate id, personal id, booking reference, pnr, confirmation number"),
    _label("biometric", "a biometric identifier", EntityType.ID, r"(?=.{0,10}\d)(?=.{4})" + _CODE,
           "fingerprint id, fingerprint, biometric id, biometric identifier, biometric template,"
           " voiceprint, voiceprint id, voice print, retina scan, iris scan, iris code, face id, face template"),
    _label("device", "a device identifier", EntityType.ID, r"(?=.{0,10}\d)(?=.{5})" + _CODE,
           "serial number, serial no, serial, s/n, device id, deviceid, device identifier,"
           " device serial, udid, udi, imei, imei number, meid, imsi, iccid, advertising id, idfa,"
           " android id, pacemaker serial, implant serial, hardware id, asset tag, lot number"),
    _label("account", "a bank account number", EntityType.BANK, r"[A-Z]{0,4}\d[0-9A-Z]{4,17}|" + _SPACED,
           "account number, account no, account num, account #, acct, acct no, acct number, a/c,"
           " a/c no, bank account, bank account number, checking account, savings account,"
           " account, kontonummer, konto, konto-nr, numéro de compte, número de cuenta, cuenta,"
           " numero di conto, rekeningnummer, beneficiary account, accountnumber, acc no, bban, clabe,"
           " account_number, bsb and account"),
    _label("us_routing", "a US routing number", EntityType.BANK, r"\d{9}",
           "routing, routing number, routing no, aba, aba number, aba routing, rtn, transit number",
           score=0.92, check="us.rtn"),
    _label("sort_code", "a bank branch code", EntityType.BANK, r"\d\d-\d\d-\d\d|\d\d \d\d \d\d|\d{3}-\d{3}|\d{6}|\d{8}|[A-Z]{4}0[0-9A-Z]{6}",
           "sort code, sortcode, bsb, branch code, blz, bankleitzahl, ifsc, ifsc code, bank code,"
           " transit, institution number, bsb number", score=0.9),
    _label("bic", "a bank identifier code", EntityType.BANK, r"[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?",
           "swift, swift code, swift/bic, bic, bic code, bic/swift, bank identifier", score=0.9, check="bic"),
    _label("plate", "a vehicle's number plate", EntityType.VEHICLE,
           r"(?=[^\n]{0,8}\d)[A-Za-z0-9]{1,4}(?:[ \-·][A-Za-z0-9]{1,4}){0,2}(?<=[0-9A-Z]..|.[0-9A-Z]{2})|(?=[A-Z]{0,6}\d)[A-Z0-9]{4,8}",
           "license plate, licence plate, number plate, numberplate, plate number, plate no, plate,"
           " registration plate, vehicle registration, reg number, reg no, kennzeichen,"
           " plaque d'immatriculation, immatriculation, matrícula, matricula, targa, kenteken,"
           " license tag, car registration, reg plate, tag number, vehicle reg", score=0.8),
    _label("vin", "a vehicle identification number", EntityType.VEHICLE, r"[A-HJ-NPR-Za-hj-npr-z0-9]{17}",
           "vin, vin number, vehicle identification number, chassis, chassis number,"
           " fahrgestellnummer, vehicle id, vin no, vin#", score=0.95),
)  # fmt: skip
_LOOK_AHEAD: Final = 80


class LabelledRecognizer(Recognizer):
    """Finds values by the label that stands before them."""

    name = "labelled"
    entity_types = (EntityType.ID, EntityType.BANK, EntityType.VEHICLE)
    cues: ClassVar[Mapping[str, Iterable[str]]] = {f"label:{x.subtype}": x.cues for x in _LABELS}

    def find(self, scan: Scan) -> Iterator[Match]:
        for label in _LABELS:
            last = -1
            for cue in scan.cues.of(f"label:{label.subtype}"):
                if cue.end <= last:
                    continue
                match = self._after(scan.text, cue.end, cue.word, label)
                if match:
                    last = match.end
                    yield match

    def _after(self, text: str, at: int, cue: str, label: _Label) -> Match | None:
        limit = min(len(text), at + _LOOK_AHEAD)
        link = _LINK.match(text, at, limit)
        begin = link.end() if link else at
        if begin == at or (begin < len(text) and text[begin - 1].isalnum()):
            return None
        value = label.value.match(text, begin, limit)
        if not value or not _is_code(value.group()):
            return None
        if label.check and not passes(label.check, re.sub(r"\W", "", value.group()).upper(), ""):
            return None
        reason = f"after the cue “{cue}”, the form of {label.what}"
        if label.check:
            reason += ", its check passed"
        return Match(
            value.start(), value.end(), label.entity_type, label.score, self.name, reason,
            label.subtype,
        )  # fmt: skip


def _is_code(value: str) -> bool:
    """Whether it reads as a code rather than as a year or an ordinary word."""
    if not any(c.isdigit() for c in value):
        return len(value) in (8, 11) and value.isupper()
    return not re.fullmatch(r"(?:19|20)\d\d|\d{1,3}|\d+(?:st|nd|rd|th|[kKmM]|px|em|[gG][bB])", value)
