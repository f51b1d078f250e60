"""Values that only their label tells, one kind a block: what they are and their labels.

A block is `subtype; what; type; form; score; check` and, indented, its cues. `form` names a
pattern of `labelled`, `check` a function as in `id_rules`, or "-".
"""

from __future__ import annotations

from typing import Final

__all__ = ["LABELS", "NUMBERED"]

LABELS: Final = """
passport; a passport number; ID; passport; 0.85; -
  passport, passport number, passport no, reisepass, passeport, pasaporte, passaporto, paspoort
  passportnumber, travel document, passport card, paszport, pass nr, passnr, pasaport
  numéro de passeport, número de pasaporte, numero di passaporto, reisepassnummer, passnummer
  número do passaporte, passaporte, paspoortnummer, паспорт, 护照, 护照号, パスポート, 여권번호
driving_licence; a driving licence number; ID; licence; 0.85; -
  driver's license, drivers license, driver license, driving licence, driving license
  driver's licence, drivers licence, driver licence, dl number, dl no, dl#, license no, licence no
  license number, licence number, führerschein, fuhrerschein, permis de conduire
  carnet de conducir, patente di guida, rijbewijs, driver id, dl, permiso de conducir
  führerscheinnummer, numéro de permis, carta de condução, prawo jazdy, körkort, førerkort
  rijbewijsnummer, ehliyet no, cnh
identity_card; an identity card number; ID; digits; 0.85; -
  id card, identity card, national id, national id number, personalausweis, ausweisnummer
  carte d'identité, carta d'identità, documento de identidad, residence permit, green card
  alien registration, visa number, voter id, id number, identity number, identification number
  iqama, iqama number, emirates id, cnic, nik, nric, mykad, pesel, bsn, burgerservicenummer, cpr
  cpr-nr, cpr-nummer, personnummer, fødselsnummer, henkilötunnus, kennitala, egn, jmbg, oib, cnp
  kimlik no, tc kimlik no, t.c. kimlik no, t.c. kimlik, curp, cédula, cedula, dni, rut
  documento, hkid, aadhaar, aadhaar number, aadhaar no, carte nationale d'identité, cni
  numéro de carte d'identité, registre national, rijksregisternummer, dowód osobisty, seria i numer
  cartão de cidadão, bilhete de identidade, ghana card, nin, national identity number
  身份证, 身份证号, 身份证号码, マイナンバー, 주민등록번호
register; an entry of a register; ID; dotted; 0.85; -
  rg, carteira de identidade, registro geral, cédula de identidad, c.i
tax; a tax number; ID; tax; 0.85; -
  tax id, tax id number, taxpayer id, tin, tax number, vat, vat number, vat id, vat no, ust-id
  ust-idnr, ust-id-nr, ssn, tax file number, fiscal code, social security number, steuer-id
  steuernummer, steuer-idnr, steueridentifikationsnummer, identifikationsnummer, nif, nip, cpf, cnpj
  codice fiscale, partita iva, p.iva, numéro fiscal, siret, siren, cuit, cuil, contribuinte, nit
  número de contribuinte, vergi no, vergi numarası, vkn, btw-nummer, kvk, kvk-nummer, org.nr
  ičo, dič, uid-nummer, cvr, cvr-nr, инн, abn, tfn, ird, ird number, pan no, pan number
  pan card, gstin, nhs number, nhs no, nhs, ni number, nino, national insurance number, utr
  social insurance number, medicare number, medicare no, medicare card, sv-nummer, svnr
  sécurité sociale, numéro de sécurité sociale, seguridad social, ahv, ahv-nr, ahv-nummer, taj
medical_record; a medical record number; ID; code; 0.85; -
  mrn, medical record, medical record number, medical record no, med rec, patient id
  patient number, patient no, chart number, chart no, hospital number, hospital no
  encounter number, specimen id, accession number, record number, patient identifier, hosp no
  nhc, historia clínica, número de historia, patientennummer, patienten-nr, fallnummer, fall-nr
  aufnahmenummer, numéro de dossier, n° dossier, dossiernummer, patiëntnummer, cartella clinica
  journalnummer, nhi, hospital id, case id, patientnr, hosp number, hosp num
health_plan; a health plan number; ID; code; 0.85; -
  member id, member number, member no, memberid, subscriber id, subscriber number
  policy number, policy no, policy id, insurance id, insurance number, insurance no, health plan
  group number, group no, medicaid, medicaid id, medicare id, beneficiary number
  beneficiary id, claim, policy, claim number, claim no, claim id, krankenversicherungsnummer
  versichertennummer, health insurance, policyholder id, insurer ref, insurance ref, kvnr
  sozialversicherungsnummer, rentenversicherungsnummer, polizzennummer, versicherungsnummer
  versicherungsschein, polizza, póliza, police d'assurance, polisnummer, schadennummer, apólice
  tessera sanitaria, carte vitale, numéro d'assuré, numéro d'allocataire, mutuelle
us_npi; a US provider number; ID; ten; 0.95; own:us_npi
  npi, npi number
us_dea; a US DEA number; ID; dea; 0.95; own:us_dea
  dea, dea number, dea no, dea#
certificate; a licence or certificate number; ID; code; 0.85; -
  certificate number, certificate no, certificate id, bar number, medical license
  medical licence, nursing license, professional license, state license, permit number
  permit no, registration number, registration no, badge number, badge no, badge id
  pilot license, license id, notary number, badge, shield, shield number, shield no, warrant card
  collar number, bar no, gmc number, gmc no, nmc pin, registration id
record; a personal record number; ID; code; 0.85; -
  employee id, employee number, employee no, emp id, employeeid, employee_id, staff id
  staff number, personnel number, payroll number, student id, student number, student no
  matriculation number, matrikelnummer, customer id, customer number, customer no
  client number, kundennummer, loyalty number, frequent flyer, membership number
  membership no, membership id, library card, inmate number, service number, case number
  case no, docket number, alien number, a-number, user id, userid, known traveler number
  redress number, applicant id, candidate id, personal id, booking reference, pnr, staff no
  booking ref, booking code, reservation number, reservation code, confirmation code
  confirmation number, record locator, claim ref, our ref, your ref, case ref, case id, ref no
  pnc, pnc id, pnc number, pncid, cro number, crime ref, crime reference, crime number, crime no
  incident number, incident no, custody number, custody record, prison number, prisoner number
  prison no, offender number, offender id, nass ref, nass number, home office ref, upn
  reference number, payroll no, emp no, emp. no, employee, empleado, número de empleado
  número de cliente, nº de cliente, n.º de cliente, numéro client, n° client, numéro d'adhérent
  numéro de client, matricule, klantnummer, personeelsnummer, personalnummer, personal-nr
  mitarbeiternummer, mitgliedsnummer, vertragsnummer, aktenzeichen, geschäftszeichen, referenz
  codice cliente, numero cliente, número de socio, nr klienta, numer klienta, kundnummer, kundenr
  kundennr, kunden-nr, medlemsnummer, müşteri no, sicil no, expediente, n° de dossier, dossier n°
  予約番号, 会員番号, 社員番号, 学籍番号, お客様番号, 会员号, 学号, 工号, 예약번호
  회원번호, 사번, 학번
  ref, frequent flyer number, student nr, studienummer, matrikel-nr, numéro étudiant
booking; a booking reference; ID; locator; 0.8; -
  booking, reservation, booking code, record locator, itinerary, confirmation
biometric; a biometric identifier; ID; code; 0.85; -
  fingerprint id, biometric id, biometric identifier, biometric template, voiceprint
  voiceprint id, voice print, retina scan, iris scan, iris code, face id, face template
device; a device identifier; ID; code; 0.85; -
  serial number, serial no, serial, s/n, device id, deviceid, device identifier, device serial
  udid, udi, imei, imei number, meid, imsi, iccid, advertising id, idfa, android id
  pacemaker serial, implant serial, hardware id, asset tag, seriennummer, numéro de série
  número de serie, numero di serie, serienummer
account; a bank account number; BANK; account; 0.85; -
  account number, account no, account num, account #, acct, acct no, acct number, a/c, a/c no
  bank account, bank account number, checking account, savings account, account, kontonummer
  konto, konto-nr, numéro de compte, número de cuenta, cuenta, numero di conto, bban, clabe
  rekeningnummer, beneficiary account, accountnumber, acc no, nr konta, numer konta, kontonr
  口座番号, 银行卡号, 银行账号, 账号, 계좌번호
  numer rachunku, n° de compte, número da conta, conta corrente, hesap no
us_routing; a US routing number; BANK; nine; 0.92; us.rtn
  routing, routing number, routing no, aba, aba number, aba routing, rtn, transit number
sort_code; a bank branch code; BANK; branch; 0.9; -
  sort code, sortcode, bsb, branch code, blz, bankleitzahl, ifsc, ifsc code, bank code
  institution number, bsb number
bic; a bank identifier code; BANK; bic; 0.9; bic
  swift, swift code, swift/bic, bic, bic code, bic/swift, bank identifier
plate; a vehicle's number plate; VEHICLE; plate; 0.8; -
  license plate, licence plate, number plate, numberplate, plate number, plate no, plate
  registration plate, vehicle registration, reg number, reg no, kennzeichen
  plaque d'immatriculation, immatriculation, matrícula, matricula, targa, kenteken
  license tag, car registration, reg plate, tag number, vehicle reg, rego, nummerplaat
  immatriculé, immatriculée, immatriculation, amtliches kennzeichen, autokennzeichen, targato
  matriculado, placa, placas, registreringsnummer, regnr, reg.nr, plaka, nr rejestracyjny
vin; a vehicle identification number; VEHICLE; vin; 0.95; -
  vin, vin number, vehicle identification number, chassis, chassis number
  fahrgestellnummer, vehicle id, vin no, vin#
"""

_PEOPLE: Final = (
    "juror", "candidate", "applicant", "claimant", "client", "customer", "member", "patient",
    "tenant", "resident", "pupil", "student", "learner", "prisoner", "inmate", "detainee", "donor",
    "employee", "staff", "personnel", "participant", "volunteer", "passenger", "officer", "collar",
    "warrant", "witness", "victim", "suspect", "offender", "defendant", "reader", "borrower",
    "subscriber", "policyholder", "cardholder", "scheme", "beneficiary", "supporter", "delegate",
    "contractor", "supplier", "clinic", "ward", "chart", "exam", "examination", "enrolment",
    "enrollment", "registrant", "licensee", "claim", "complaint", "grievance", "case", "policy",
    "membership", "payroll", "pension", "custody", "parole", "probation", "bail", "adoption",
)  # fmt: skip
_HOW_NUMBERED: Final = ("no", "number", "ref", "reference")
NUMBERED: Final = tuple(f"{who} {how}" for who in _PEOPLE for how in _HOW_NUMBERED)
"""Whom offices give numbers to, and how they say so."""
