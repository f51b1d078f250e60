"""Identity and tax numbers of European countries, one rule a line."""

from __future__ import annotations

from typing import Final

__all__ = ["EUROPE"]

EUROPE: Final = """
gb_nino; a UK national insurance number; AA999999A | AA 99 99 99 A | AA-99-99-99-A | AA 999999 A; own:gb_nino; 0.85; 0; nino, national insurance, ni number, ni no
gb_nhs; a UK NHS number; 999 999 9999 | 999-999-9999 | 9999999999; gb.nhs; 0; 0; nhs, nhs number
gb_utr; a UK tax reference; 9999999999 | 99999 99999; gb.utr; 0; 0; utr, unique taxpayer
gb_driving; a UK driving licence; AAAAA999999AA9AA | AAAA9999999AA9AA | AAAAA999999A99AA; own:gb_driving; 0.8; 0; driving licence, driving license, licence number, dvla
ie_pps; an Irish PPS number; 9999999A | 9999999AA; ie.pps; 0.7; 0; pps, ppsn, pps number
at_svnr; an Austrian social security number; 9999 999999 | 9999-999999 | 9999999999; at.vnr; 0; 0; svnr, sozialversicherungsnummer, versicherungsnummer
at_tin; an Austrian tax number; 99-999/9999; at.tin; 0.7; 0; steuernummer, abgabenkontonummer, tax number
be_nn; a Belgian national number; 99.99.99-999.99; be.nn; 0.9; 0; rijksregisternummer, registre national, niss, insz, national number
be_nn; a Belgian national number; 99999999999 | 99 99 99 999 99; be.nn; 0; 0.5; rijksregisternummer, registre national, niss, insz, national number
bg_egn; a Bulgarian EGN; 9999999999; bg.egn; 0; 0; egn, егн, national id
hr_oib; a Croatian OIB; 99999999999; hr.oib; 0; 0; oib
cy_tic; a Cypriot tax number; 99999999A; cy.vat; 0.5; 0; tic, tax identification, vat
cz_rc; a Czech birth number; 999999/9999 | 999999/999; cz.rc; 0.85; 0; rodné číslo, rodne cislo, birth number
cz_rc; a Czech birth number; 9999999999; cz.rc; 0; 0; rodné číslo, rodne cislo, birth number
sk_rc; a Slovak birth number; 999999/9999 | 999999/999; sk.rc; 0.85; 0; rodné číslo, rodne cislo, birth number
de_idnr; a German tax ID; 99 999 999 999; de.idnr; 0.75; 0; steuer-id, steueridentifikationsnummer, steuer-idnr, idnr, steuer-identifikationsnummer, identifikationsnummer, tax id
de_idnr; a German tax ID; 99999999999; de.idnr; 0; 0; steuer-id, steueridentifikationsnummer, steuer-idnr, idnr, steuer-identifikationsnummer, identifikationsnummer, tax id, steuernummer
de_stnr; a German tax number; 99/999/99999 | 999/999/99999 | 99/9999/9999 | 999/9999/9999 | 999/99999; de.stnr; 0; 0; steuernummer, st.-nr, stnr, steuernr
de_svnr; a German social insurance number; 99999999A999 | 99 999999 A 999 | 99 999999A999; own:de_svnr; 0.7; 0; sozialversicherungsnummer, rentenversicherungsnummer, versicherungsnummer, sv-nummer
de_kvnr; a German health insurance number; A999999999; own:de_kvnr; 0; 0; versichertennummer, krankenversichertennummer, kvnr, krankenkasse
de_perso; a German identity card number; A99A99AA99 | AAAA9AA999 | A999A9A999 | A99999999 | A9AA9AAA9; own:icao; 0; 0; personalausweis, ausweisnummer, reisepass
dk_cpr; a Danish CPR number; 999999-9999; dk.cpr; 0.7; 0; cpr, cpr-nummer, personnummer
dk_cpr; a Danish CPR number; 9999999999; dk.cpr; 0; 0; cpr, cpr-nummer, personnummer
ee_ik; an Estonian personal code; 99999999999; ee.ik; 0; 0.55; isikukood, personal code
fi_hetu; a Finnish personal code; 999999-999A | 999999-9999 | 999999A999A | 999999A9999; fi.hetu!; 0.85; 0; hetu, henkilötunnus, personal identity
fr_nir; a French social security number; 999999999999999 | 9 99 99 99 999 999 99 | 9999999999999 99 | 9-99-99-99-999-999-99 | 9 99 99 99 999 999; fr.nir; 0.9; 0.65; sécurité sociale, securite sociale, nir, insee, numéro de sécu
fr_nif; a French tax number; 9999999999999 | 99 99 999 999 999; fr.nif; 0; 0; numéro fiscal, numero fiscal, spi, nif
fr_siret; a French SIRET; 99999999999999 | 999 999 999 99999; fr.siret; 0.7; 0; siret
fr_siren; a French SIREN; 999999999 | 999 999 999; fr.siren; 0; 0; siren
gr_amka; a Greek AMKA; 99999999999; gr.amka; 0; 0.5; amka, αμκα
gr_afm; a Greek tax number; 999999999; gr.vat; 0; 0; afm, αφμ, tax number
hu_taj; a Hungarian social security number; 999 999 999 | 999-999-999 | 999999999; own:hu_taj; 0; 0; taj, taj szám, társadalombiztosítási
hu_tax; a Hungarian tax ID; 9999999999; own:hu_tax; 0; 0; adóazonosító, adoazonosito, adóazonosító jel, tax id
hu_anum; a Hungarian VAT number; 99999999-9-99; own:hu_anum; 0.8; 0; adószám, adoszam
it_cf; an Italian codice fiscale; AAAAAA99A99A999A | AAA AAA 99A99 A999A; it.codicefiscale; 0.9; 0; codice fiscale, c.f.
it_iva; an Italian VAT number; 99999999999; it.iva; 0; 0; partita iva, p.iva, p. iva, piva
lv_pk; a Latvian personal code; 999999-99999; lv.pvn; 0.8; 0; personas kods, personal code
lt_ak; a Lithuanian personal code; 99999999999; lt.asmens; 0; 0.55; asmens kodas, personal code
lu_matricule; a Luxembourg number; 9999999999999; own:lu_matricule; 0; 0.7; matricule, cns, numéro d'identification
mt_id; a Maltese ID; 9999999A; own:mt_id; 0; 0; identity card, id card, id number
nl_bsn; a Dutch BSN; 999999999 | 9999.99.999 | 999 999 999; nl.bsn; 0; 0; bsn, burgerservicenummer, sofi, sofinummer
no_fnr; a Norwegian birth number; 999999 99999 | 999999-99999; no.fodselsnummer; 0.75; 0; fødselsnummer, fodselsnummer, personnummer
no_fnr; a Norwegian birth number; 99999999999; no.fodselsnummer; 0; 0.6; fødselsnummer, fodselsnummer, personnummer
pl_pesel; a Polish PESEL; 99999999999; pl.pesel; 0; 0.55; pesel
pl_nip; a Polish NIP; 999-999-99-99 | 999-99-99-999; pl.nip; 0.75; 0; nip
pl_nip; a Polish NIP; 9999999999; pl.nip; 0; 0; nip
pl_regon; a Polish REGON; 999999999 | 99999999999999; pl.regon; 0; 0; regon
pl_id; a Polish identity card; AAA999999 | AAA 999999; own:pl_id; 0; 0; dowód, dowod osobisty, dowód osobisty, identity card, id card
pt_nif; a Portuguese NIF; 999999999 | 999 999 999; pt.nif; 0; 0; nif, contribuinte, número de identificação fiscal
pt_cc; a Portuguese citizen card; 99999999 9 AA9 | 999999999AA9; pt.cc; 0.8; 0; cartão de cidadão, cartao de cidadao, citizen card
ro_cnp; a Romanian CNP; 9999999999999; ro.cnp; 0; 0.7; cnp, cod numeric personal
rs_jmbg; a JMBG; 9999999999999; si.emso; 0; 0.65; jmbg, emso, emšo, matični broj
ru_snils; a Russian SNILS; 999-999-999 99 | 999-999-999-99; own:ru_snils; 0.8; 0; snils, снилс
ru_inn; a Russian INN; 9999999999 | 999999999999; ru.inn; 0; 0; inn, инн
ua_rntrc; a Ukrainian tax number; 9999999999; ua.rntrc; 0; 0; rntrc, рнокпп, іпн, ipn
se_pnr; a Swedish personal number; 999999-9999 | 99999999-9999; se.personnummer; 0.8; 0; personnummer, personal number
se_pnr; a Swedish personal number; 9999999999 | 999999999999; se.personnummer; 0; 0; personnummer, personal number
si_emso; a Slovenian EMSO; 9999999999999; si.emso; 0; 0.65; emso, emšo
si_tax; a Slovenian tax number; 99999999; si.ddv; 0; 0; davčna, davcna, davčna številka
es_dni; a Spanish DNI; 99999999A | 99999999-A | 99.999.999-A | 99.999.999A | 99999999 A; es.dni; 0.75; 0; dni, nif, documento nacional
es_nie; a Spanish NIE; A9999999A | A-9999999-A | A9999999-A; es.nie; 0.8; 0; nie, extranjero
es_cif; a Spanish CIF; A99999999 | A-99999999 | A9999999A; es.cif; 0; 0; cif, nif
es_nss; a Spanish social security number; 99/99999999/99 | 99 99999999 99 | 99 9999999999 | 999999999999; own:es_nss; 0; 0; seguridad social, nss, naf, número de afiliación
ch_ahv; a Swiss AHV number; 999.9999.9999.99 | 999 9999 9999 99; ch.ssn; 0.9; 0; ahv, avs, ahv-nummer
ch_ahv; a Swiss AHV number; 9999999999999; ch.ssn; 0; 0.75; ahv, avs, ahv-nummer
is_kt; an Icelandic kennitala; 999999-9999; is_.kennitala; 0.7; 0; kennitala, kt
al_nid; an Albanian number; A99999999A; al.nipt; 0.5; 0; nipt, nuis
"""  # noqa: E501  # a table reads by the line
