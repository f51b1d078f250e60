"""Words of forms and letters in many languages, which a model of English takes for names.

"PESEL", "Benutzername" and "Cordiali saluti" stand where names stand and are capitalised like
them. What is here names nobody: a word that is also a surname ("Rufnummer" is none, "Best" is)
stays out, since hiding a label costs a click, and sending a name costs the person.
"""

from __future__ import annotations

from typing import Final

from maskwell.detection.recognizers.name_words import SIGNATURES

__all__ = ["FORM_WORDS"]

_LABELS: Final = """
aadhaar, abn, adresa, adrese, adres, adresse, adresiniz, afiliación, afm, ahv, aktenzeichen
anschrift, apellidos, avs, benutzername, benutzerkennung, bic, bsn, bundesland, burgerservicenummer
cartão de cidadão, cédula, celular, cellulare, cep, cni, cnpj, codice fiscale, código postal, cpf
cpr, curp, cuit, cuil, dirección, dni, dob, e-mail, endereço, expediente, fax, fecha de nacimiento
fødselsnummer, førerkort, geburtsdatum, geburtsort, gebruikersnaam, geboortedatum, gstin, hetu
henkilötunnus, iban, ičo, identifiant, indirizzo, iqama, ifsc, kennitala, kennwort, kenteken, kimlik
klantnummer, kontonummer, kontoinhaber, krankenkasse, kundennummer, kundnummer, kvk, kvk-nummer
lösenord, luogo di nascita, matrikelnummer, matricule, mot de passe, móvel, móvil, mrn, naissance
nascita, nationalité, nacionalidad, nacionalidade, natel, nhc, nhs, nif, niss
nom d'utilisateur, nombre, nombre de usuario, nome utente, numéro de sécurité sociale, nric, nss
osoite, partita iva, passnummer, passwort, passord, paszport, personalausweis
personnummer, personnr, pesel, plz, polizze, postleitzahl, puhelin, puhelinnumero, reçu
referenz, regon, reisepass, rufnummer, salasana, sécurité sociale, seguridad social, senha
siret, sozialversicherungsnummer, ssn, staatsangehörigkeit, steuer-id, steuernummer
straße und hausnummer, t.c. kimlik, t.c. kimlik no, tc kimlik, telefon, teléfono, telefono
telefonnummer, téléphone, tlf, usuario, ust-idnr, utr, versichertennummer, versicherungsnummer
wachtwoord, wohnort, zamieszkały, zamieszkała, zamieszkałej, ödeme, ödemeyi, şifre
prenom, prénom, ville, nachname, vorname, stadt, apellido, ciudad, città, cognome, cidade, imię
nazwisko, miasto, achternaam, voornaam, woonplaats, förnamn, efternamn, fornavn, etternavn, soyadı
imei, d.o.b, d.o.b., dob, 연락처, 주소, 주민등록번호, 전화번호, 고객명, 성함, 이름, 성명
생년월일, 이메일
姓名, 性别, 电话, 地址, 氏名, 住所, 電話番号, 男, 女
appt, dx, hx, rx, sx, tx, pt, dtr, nkda, gdpr, dsgvo
"""
_OPENINGS: Final = """
sehr geehrte, sehr geehrter, sehr geehrte damen und herren, guten tag, geachte heer
geachte mevrouw, estimado señor, estimada señora, szanowny panie, szanowna pani, szanowni państwo
caro signore, gentile signora, bonjour, buongiorno, buenos días, buenas tardes, bom dia, boa tarde
salut, bisous, bisou, merhaba, selam, hallo, servus, moin, ahoj, hej, hei, cześć, oi, olá, hola
ciao
nein, oui, obrigado, obrigada, gracias, danke, merci, grazie, bedankt, dziękuję, teşekkürler, kiitos
dzień dobry, as-salamu alaykum, assalamu alaikum, salam alaikum, abeg
xin chào, chào chị, chào anh, goedemorgen
besos, beijos, abraços, groetjes, baci, un bacio, üdvözlettel, ihr mann, ihre frau
exmo. senhor, exma. senhora, hyvä, sayın, kjære, kære
"""


def _words(table: str) -> list[str]:
    return [word.strip() for line in table.split("\n") for word in line.split(",") if word.strip()]


FORM_WORDS: Final = frozenset(
    [*_words(_LABELS), *_words(_OPENINGS), *(close for close in SIGNATURES if " " in close)]
)
"""In lower case."""
