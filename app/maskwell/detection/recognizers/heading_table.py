"""What columns and keys are called that hold something private, one kind a block.

A block is `kind; what; type; form; weight; score` and, indented, its names in small letters, words
apart. `form` names a pattern of `headings`. `weight` is how much a heading says by itself: 2, that
people are listed; 1, that it may be; 0, nothing without the others ("name", "city").
"""

from __future__ import annotations

from typing import Final

__all__ = ["HEADINGS", "HOLDERS", "PERSONAL"]

HEADINGS: Final = """
given; a given name; PERSON; name; 2; 0.9
  first name, given name, given names, forename, forenames, firstname, middle name
  middle initial, givenname, preferred name, christian name, vorname, vornamen, rufname
  prénom, prénoms, prenom, prenoms, nombre de pila, segundo nombre, nome di battesimo
  voornaam, voornamen, roepnaam, förnamn, tilltalsnamn, fornavn, etunimi, etunimet
  kutsumanimi, imię, imie, imiona, jméno, jmeno, meno, keresztnév, utónév, prenume
  primeiro nome, nome próprio, önad, vardas, vārds, eesnimi, eiginnafn, имя, отчество, όνομα
  ad, adı, 名
family; a family name; PERSON; name; 2; 0.9
  last name, surname, surnames, family name, lname, lastname, second name, maiden name
  birth name, familyname, nachname, familienname, zuname, geburtsname, mädchenname
  nom de famille, nom de naissance, nom d usage, apellido, apellidos, primer apellido
  segundo apellido, apellido paterno, apellido materno, cognome, cognomi, achternaam
  familienaam, tussenvoegsel, meisjesnaam, efternamn, etternavn, efternavn, sukunimi, nazwisko
  nazwisko rodowe, příjmení, prijmeni, priezvisko, vezetéknév, családnév, nume de familie
  sobrenome, apelido, último nome, soyad, soyadı, soyisim, prezime, priimek, pavardė, uzvārds
  perekonnanimi, eftirnafn, фамилия, прізвище, επώνυμο, 姓
full; a person's name; PERSON; name; 2; 0.9
  full name, fullname, person name, legal name, patient name
  customer name, client name, employee name, student name, member name, guest name
  contact name, cardholder, cardholder name, account holder, accountholder, passenger name
  holder name, insured name, insured person, policyholder, policy holder, owner name
  tenant name, driver name, next of kin, emergency contact, contact person, name of patient
  name of insured, father name, mother name, father s name, mother s name, spouse name
  beneficiary name, recipient name, sender name, applicant name, author name, manager name
  payee name, vollständiger name, vor und nachname, name vorname, nachname vorname
  ansprechpartner, kontoinhaber, versicherungsnehmer, versicherter, nom complet, nom et prénom
  nom prénom, nombre completo, nombre y apellidos, apellidos y nombre, nome completo
  nome e cognome, cognome e nome, volledige naam, imię i nazwisko, nazwisko i imię
  jméno a příjmení, ad soyad, adı soyadı, nome do paciente, nimi ja sukunimi, fullt navn
  fullständigt namn, koko nimi, фио, 氏名, 姓名, 성명, 이름
short; a name; PERSON; name; 0; 0.85
  fname, mname, display name, displayname
role; somebody; PERSON; person; 1; 0.85
  patient, customer, client, employee, passenger, tenant, landlord, driver, applicant
  attendee, attendees, insured, claimant, requester, requestor, reporter, assignee
  assigned to, manager, supervisor, caller, payee, payer, sender, recipient, beneficiary
  guest, guests, student, pupil, teacher, doctor, physician, provider, pcp, surgeon, nurse
  therapist, author, reviewer, witness, defendant, plaintiff, owner, person, staff, contact
  resident, candidate, donor, guardian, spouse, participant, participants, organizer
  salesperson, account manager, cashier, interviewer, ordering physician, attending
  referring doctor, mitarbeiter, kunde, kundin, patientin, fahrer, mieter, bearbeiter
  sachbearbeiter, arzt, ärztin, hausarzt, behandler, schüler, teilnehmer, employé, salarié
  médecin, locataire, conducteur, empleado, paciente, médico, cliente, conductor, alumno
  inquilino, titular, dipendente, paziente, medico, autista, werknemer, klant, patiënt
  huurder, huisarts, pracownik, klient, pacjent, lekarz, kierowca, funcionário, aluno, gast
  guest name, complainant, suspect, victim, crew, deltager, deltaker, elev, kund
bare; a name; PERSON; person; 0; 0.85
  name, names, first, last, middle, given, family, nom, noms, nombre, nome, naam, namn, navn
  nimi, név, nume, isim, who, by, assigned, raised by, reported by, created by, approved by
  submitted by, opened by, updated by, entered by, seen by, to, from
street; a street; ADDRESS; street; 1; 0.9
  street, street address, address line, addressline, addr line, addr, home address
  postal address, mailing address, residential address, billing address, delivery address
  shipping address, home postal address, house number, street name, street number
  address line 1, straße, strasse, anschrift, adresse, hausnummer, hausnr
  straße und hausnummer, straße hausnummer, straße nr, wohnadresse, rue, voie, adresse postale
  numéro de voie, complément d adresse, calle, dirección, direccion, domicilio, indirizzo, via
  civico, residenza, straat, huisnummer, huisnr, adres, straatnaam, gata, gatuadress, adress
  gate, gateadresse, vej, vejnavn, bopæl, katuosoite, lähiosoite, osoite, ulica, nr domu
  adres zamieszkania, ulice, lakcím, utca, stradă, adresa, rua, morada, endereço, endereco
  logradouro, sokak, cadde, адрес, улица, διεύθυνση, 住所, 地址, 주소, strt nm, bldg nb
  street addr, street address line, streetaddressline, res address
address; an address; ADDRESS; street; 0; 0.85
  address, addresses, line, line 1, line 2, location, residence
city; a town; PLACE; name; 0; 0.85
  city, town, village, suburb, locality, municipality, birth place, birthplace, place of birth
  city of birth, born in, home town, hometown, county, district, borough, ort, stadt, wohnort
  geburtsort, ville, commune, lieu de naissance, ciudad, localidad, municipio, población
  poblacion, lugar de nacimiento, provincia, città, citta, comune, luogo di nascita
  woonplaats, plaats, geboorteplaats, gemeente, ort och postnummer, postort, poststed, kommune
  paikkakunta, postitoimipaikka, miasto, miejscowość, miejscowosc, miejsce urodzenia, město
  mesto, obec, település, oraș, oras, localitate, cidade, localidade, município, bairro
  naturalidade, şehir, ilçe, il, grad, город, πόλη, 市, 도시, twn nm, address locality
  township
postcode; a postcode; ADDRESS; postcode; 1; 0.85
  postcode, post code, postal code, postalcode, zip, zip code, zipcode, plz, postleitzahl
  code postal, cp, código postal, codigo postal, cap, postnummer, postnr, postinumero
  kod pocztowy, psč, psc, irányítószám, cod poștal, cod postal, cep, posta kodu, pin code
  pincode, eircode, индекс, 郵便番号, 邮编, 우편번호, pst cd, zip5, pc
birth; a date of birth; DATE; date; 2; 0.95
  dob, d o b, date of birth, birth date, birthdate, birthday, bday, born, born on, birth dt
  geburtsdatum, geb datum, gebdat, geboren, geboren am, geb, geb am, date de naissance, né le
  date naissance, ddn, fecha de nacimiento, fecha nacimiento, f nac, f nacimiento, nacimiento
  data di nascita, geboortedatum, geb dat, födelsedatum, fødselsdato, fødselsdag, syntymäaika
  data urodzenia, datum narození, datum narodenia, születési idő, data nașterii
  data de nascimento, nascimento, doğum tarihi, datum rođenja, дата рождения
  ημερομηνία γέννησης, 生年月日, 出生日期, 생년월일, birth time, birthtime
service; a date of somebody's care; DATE; date; 0; 0.8
  admission date, admit date, admitted, date admitted, discharge date, discharged
  date of service, visit date, next visit, last visit, appointment, appointment date
  date of death, death date, deceased, collected, procedure date, surgery date, dos, hire date
  date of loss, date of injury
phone; a telephone number; PHONE; phone; 1; 0.9
  handynr, telefonnr, mobilnr, telnr, mobilenr, telefoonnr
  phone, phone number, phone no, telephone, telephone number, tel, tel no, mobile
  mobile phone, mobile number, mobile no, cell, cell phone, cellphone, home phone, work phone
  desk phone, fax, fax number, contact number, msisdn, emergency phone, whatsapp, phonenumber
  homephone, workphone, mobilephone, telephonenumber, faxnumber, contact no, daytime phone
  telefon, telefonnummer, handy, handynummer, mobil, mobilnummer, rufnummer, festnetz
  téléphone, portable, fixe, numéro de téléphone, teléfono, telefono, móvil, movil, celular
  fijo, cellulare, telefono cellulare, telefoon, telefoonnummer, mobiel, gsm, mobiltelefon
  tlf, tlf nr, telefonnr, puhelin, puhelinnumero, matkapuhelin, nr telefonu, numer telefonu
  telefon komórkowy, komórka, telefón, telefonszám, telemóvel, telefone, cep telefonu, cep tel
  telefonas, tālrunis, телефон, τηλέφωνο, κινητό, 電話番号, 電話, 电话, 手机, 전화번호, 휴대폰
  ph, home ph, work ph, cell ph, tel kom, called number, calling number, caller number
email; an e-mail address; EMAIL; none; 1; 0
  email, e mail, email address, mail, e mail address, emailaddress, correo, correo electrónico
  courriel, user principal name, userprincipalname
iban; a bank account; BANK; account; 1; 0.9
  iban, iban number, kontoverbindung, bankverbindung, rekening, bank acct, bankaccount
  account iban, sortcode, accountnumber
card; a card number; CARD; card; 2; 0.9
  card number, cardnumber, credit card, credit card number, card no, cc number, debit card
  kartennummer, kreditkarte, numéro de carte, número de tarjeta, tarjeta, numero carta
person_id; an identity number; ID; code; 2; 0.9
  ssn, social security number, social security no, ss number, national id, national id number
  nationalid, identity number, identity no, id number, id no, personal number, personal id
  itin, ein, sin, nino, ni number, ni no, national insurance number, nhs number, nhs no
  nhsnumber, steuer id, steueridentifikationsnummer, idnr, svnr, sv nummer
  sozialversicherungsnummer, rvnr, nir, numéro de sécurité sociale, n sécurité sociale, nss
  insee, dni, nie, nif, dni nie, cédula, cedula, curp, rfc, codice fiscale, cod fiscale, cf
  fiscal code, fiscalcode, bsn, burgerservicenummer, personnummer, fødselsnummer
  fodselsnummer, cpr, cpr nummer, hetu, henkilötunnus, pesel, nip, rodné číslo, rodne cislo
  rč, taj, cnp, cpf, rg, rut, run, cuil, cuit, tckn, tc kimlik no, oib, emšo, emso, jmbg, egn
  isikukood, asmens kodas, personas kods, kennitala, ahv, ahv nummer, avs, ppsn, pps number
  aadhaar, aadhaar number, aadhaar no, pan, pan number, nric, mykad, hkid, tfn
  tax file number, tax id, tin, taxpayer id, ird, ird number, amka, afm, teudat zehut, rrn
  resident id, citizen id, national number, niss, rijksregisternummer, insz, passport
  passport no, passport number, passportnumber, passportno, reisepass, passeport, pasaporte
  passaporto, paspoort, driving licence, driver license, drivers license, driver s license
  license no, licence no, license number, licence number, dl no, dl number, medicare no
  medicare number, medicaid id, doc no, document number, document no, medicare, 身份证号
  身份证, マイナンバー, 주민등록번호, upn, bvn, lic no, operator lic, driver lic, drivers lic
  dl num
medical; a medical record or health plan number; ID; code; 1; 0.85
  mrn, medical record number, medical record no, medicalrecordnumber, patient id, patientid
  patient no, patient number, chart no, chart number, hospital number, uhid, encounter id
  encounter number, accession, accession number, specimen id, insurance id, insurance no
  insurance number, policy no, policy number, policynumber, member id, memberid, member no
  member number, subscriber id, beneficiary id, health plan, claim no, claim number
  versichertennr, versicherten nr, versichertennummer, kvnr, fallnummer
  health plan beneficiary number, healthplanbeneficiarynumber, medical aid no
  medical aid number, health card, health card number
record; a number in somebody's file; ID; code; 1; 0.8
  customer id, customerid, customer no, customer number, client id, client no, employee id
  employeeid, employee no, employee number, employeenumber, emp no, emp id, staff no, staff id
  student id, student no, studentid, personnel no, personalnummer, personalnr, kundennr
  kundennummer, mitgliedsnr, matrikelnr, badge, badge no, frequent flyer, loyalty no, case no
  account id, membership no, payroll no, certificate no, license id, matricule, nº empleado
  num empleado
account; an account number; BANK; account; 1; 0.85
  account number, account no, acct no, acct, bank account, bank account number, account, konto
  kontonummer, kontonr, numéro de compte, compte, cuenta, clabe, conto, rekeningnummer
  rachunek, nr rachunku, sort code, routing number, routing no, routing, bsb, blz, ifsc
  acctid, acct id, bank id, bankid
device; a device's number; ID; device; 1; 0.85
  imei, imei1, imei2, meid, imsi, iccid, serial number, serial no, serialnumber, serialno
  udid, device serial, device id, deviceid, device identifier, deviceidentifier
  implant serial, implantserial, android id, idfa, advertising id, seriennummer
  numéro de série, número de serie, device uuid, client uuid, hardware id
plate; a number plate; VEHICLE; plate; 1; 0.85
  plate, license plate, licence plate, plate no, plate number, number plate, licenseplate
  vehicle reg, vehicle registration, reg plate, kennzeichen, immatriculation, plaque
  matrícula, matricula, targa, kenteken, nr rejestracyjny, placa, plaka, regnr
vin; a vehicle identification number; VEHICLE; vin; 1; 0.95
  vin, vin no, vin number, chassis no, chassis number, fahrgestellnummer, fin
user; a user name; USERNAME; user; 0; 0.85
  username, user name, login, login name, userid, user login, account name, sam account name
  samaccountname, screen name, handle, benutzername, nutzername, identifiant, usuario
  gebruikersnaam, nome utente, användarnamn, brukernavn, nick, nickname
secret; a secret; SECRET; secret; 0; 0.9
  password, passwd, passwort, kennwort, mot de passe, contraseña, wachtwoord, pin number, pwd
  api key, secret key, access token
latitude; a degree of latitude; PLACE; degree; 1; 0.85
  lat, latitude, geo lat, breitengrad
longitude; a degree of longitude; PLACE; degree; 1; 0.85
  lon, lng, long, longitude, geo lon, geo lng, längengrad
"""
PERSONAL: Final = frozenset({"given", "family", "full", "birth", "person_id", "medical", "role"})
"""Kinds that only people have; beside one of them a plain "name" or "city" is somebody's."""
HOLDERS: Final = frozenset(
    """patient customer client user member employee emp applicant owner admin contact emergency
    billing shipping home work primary secondary guest student tenant driver insured subscriber
    holder beneficiary parent guardian spouse person personal delivery mailing residential sender
    recipient kunde kunden patienten cliente klient klant passenger my new old current alt main
    legal daytime evening private business buyer seller payer payee caller mother father child
    partner staff claimant reporter requester author cust pat pt acct mbr usr cli stu ins bill ship
    sub dep gps crew artist pupil suspect victim complainant operator veh vehicle res""".split()
)
"""Words before a heading that say whose it is ("patient first name", "billing_city")."""
