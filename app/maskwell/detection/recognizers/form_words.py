"""Words of forms and letters in many languages, which a model of English takes for names.

"PESEL", "Benutzername" and "Cordiali saluti" stand where names stand and are capitalised like
them. What is here names nobody: a word that is also a name ("Rufnummer" is none, Ville and Selam
are) stays out, since hiding a label costs a click, and sending a name costs the person. A greeting
or thanks of one word ("Gracias") opens its sentence, before a mark or a name, or it is a name.
"""

from __future__ import annotations

import re
from typing import Final

from maskwell.detection.recognizers.name_words import SIGNATURES

__all__ = ["FORM_WORDS", "is_form_word"]

_LABELS: Final = """
aadhaar, abn, adresa, adrese, adres, adresse, adresiniz, afiliación, afm, ahv, aktenzeichen
anschrift, apellidos, avs, benutzername, benutzerkennung, bic, bsn, bundesland, burgerservicenummer
cartão de cidadão, cédula, celular, cellulare, cep, cni, cnpj, codice fiscale, código postal, cpf
cpr, curp, cuit, cuil, dirección, dni, dob, e-mail, endereço, expediente, fax, fecha de nacimiento
fødselsnummer, førerkort, geburtsdatum, geburtsort, gebruikersnaam, geboortedatum, gstin
henkilötunnus, ičo, identifiant, indirizzo, iqama, ifsc, kennitala, kennwort, kenteken, kimlik
klantnummer, kontonummer, kontoinhaber, krankenkasse, kundennummer, kundnummer, kvk, kvk-nummer
lösenord, luogo di nascita, matrikelnummer, matricule, mot de passe, móvel, móvil, mrn, naissance
nascita, nationalité, nacionalidad, nacionalidade, nhc, nhs, nif, niss
nom d'utilisateur, nombre, nombre de usuario, nome utente, numéro de sécurité sociale, nric, nss
osoite, partita iva, passnummer, passwort, passord, paszport, personalausweis
personnummer, personnr, pesel, plz, polizze, postleitzahl, puhelin, puhelinnumero, reçu
referenz, regon, reisepass, rufnummer, salasana, sécurité sociale, seguridad social, senha
siret, sozialversicherungsnummer, ssn, staatsangehörigkeit, steuer-id, steuernummer
straße und hausnummer, t.c. kimlik, t.c. kimlik no, tc kimlik, telefon, teléfono, telefono
telefonnummer, téléphone, tlf, usuario, ust-idnr, utr, versichertennummer, versicherungsnummer
wachtwoord, wohnort, zamieszkały, zamieszkała, zamieszkałej, ödeme, ödemeyi, şifre
prenom, prénom, nachname, vorname, apellido, città, cognome, cidade, imię
nazwisko, miasto, achternaam, voornaam, woonplaats, förnamn, efternamn, fornavn, etternavn, soyadı
imei, d.o.b, d.o.b., dob, 연락처, 주소, 주민등록번호, 전화번호, 고객명, 성함, 이름, 성명
생년월일, 이메일
姓名, 性别, 电话, 地址, 氏名, 住所, 電話番号, 男, 女
rgds, brgds, fao, pls, ppsn, pps, hosp no, hosp number
abeg, appt, dx, hx, rx, sx, tx, pt, dtr, nkda, gdpr, dsgvo
"""
_OPENINGS: Final = """
sehr geehrte, sehr geehrter, sehr geehrte damen und herren, guten tag, geachte heer
geachte mevrouw, estimado señor, estimada señora, szanowny panie, szanowna pani, szanowni państwo
caro signore, gentile signora, bonjour, buongiorno, buenos días, buenas tardes, bom dia, boa tarde
salut, bisous, bisou, merhaba, hallo, servus, ahoj, hej, hei, cześć, olá, hola, ciao
nein, oui, obrigado, obrigada, gracias, danke, merci, grazie, bedankt, dziękuję, teşekkürler, kiitos
dzień dobry, as-salamu alaykum, assalamu alaikum, salam alaikum
xin chào, chào chị, chào anh, goedemorgen
besos, beijos, abraços, groetjes, un bacio, üdvözlettel, ihr mann, ihre frau
exmo. senhor, exma. senhora, hyvä, sayın, kjære, kære
"""


def _words(table: str) -> list[str]:
    return [word.strip() for line in table.split("\n") for word in line.split(",") if word.strip()]


_ALSO_NAMES: Final = frozenset({"iban", "hetu", "ville", "stadt", "natel", "ciudad"})
"""Labels in capitals, before a figure or as the heading of a column, names anywhere else."""
_AFTER_LABEL = re.compile(r"[ \t]*[.:]?[ \t]*\d|[ \t]*[;|=]")
_OPENING: Final = frozenset(word for word in _words(_OPENINGS) if " " not in word)
_BEFORE_OPENING = re.compile(r"(?:\A|[\n>.!?:;*\"'(—-])\s*\Z")
_AFTER_OPENING = re.compile(r"[ \t]*[,!.]|[ \t]+[^\W\d_a-zß-öø-ÿ]")
FORM_WORDS: Final = frozenset(
    [
        *_words(_LABELS), *_words(_OPENINGS), *_ALSO_NAMES,
        *(close for close in SIGNATURES if " " in close),
    ]
)  # fmt: skip
"""In lower case."""


def is_form_word(text: str, start: int, end: int) -> bool:
    """Tell whether a span that a form word holds is one where it stands, and no name.

    Args:
        text: the whole text.
        start: first character of the span.
        end: one past its last character.
    """
    value = text[start:end]
    if value.lower() in _ALSO_NAMES:
        is_heading = value.islower() and text[max(0, start - 1) : start] in (";", "|")
        return value.isupper() or is_heading or _AFTER_LABEL.match(text, end) is not None
    if value.lower() not in _OPENING:
        return True
    opens = _BEFORE_OPENING.search(text, max(0, start - 8), start)
    return opens is not None and _AFTER_OPENING.match(text, end) is not None
