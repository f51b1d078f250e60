"""Identity and tax numbers of countries outside Europe, one rule a line."""

from __future__ import annotations

from typing import Final

__all__ = ["WORLD"]

WORLD: Final = """
us_ssn; a US social security number; 999-99-9999 | 999 99 9999 | 999.99.9999; own:us_ssn; 0.85; 0; ssn, social security, social security number, social, ss#, soc sec
us_ssn; a US social security number; 999999999; own:us_ssn; 0; 0; ssn, social security, social security number, ss#, soc sec
us_itin; a US taxpayer number; 999-99-9999 | 999 99 9999; us.itin; 0.85; 0; itin, taxpayer
us_itin; a US taxpayer number; 999999999; us.itin; 0; 0; itin, taxpayer
us_ein; a US employer number; 99-9999999; us.ein; 0.5; 0; ein, employer identification, fein, tax id, employer id
us_mbi; a US Medicare number; 9AA9AA9AA99 | 9A99A99AA99 | 9AA9A99AA99 | 9A99AA9AA99 | 9AA9-AA9-AA99 | 9A99-A99-AA99 | 9AA9-A99-AA99 | 9A99-AA9-AA99; own:us_mbi; 0.75; 0; medicare, mbi, beneficiary
us_npi; a US provider number; 9999999999; own:us_npi; 0; 0; npi, provider number, national provider
us_dea; a US DEA number; AA9999999; own:us_dea; 0; 0; dea
ca_sin; a Canadian social insurance number; 999-999-999 | 999 999 999; ca.sin; 0.6; 0; sin, social insurance, nas, assurance sociale
ca_sin; a Canadian social insurance number; 999999999; ca.sin; 0; 0; social insurance, sin number, sin, assurance sociale
ca_health; a Canadian health number; 9999 999 999 | 9999-999-999 | 9999-999-999-AA; luhn; 0.6; 0; ohip, health card, health number
ca_health; a Canadian health number; 9999999999; ca.bc_phn; 0; 0; phn, health number, care card, bc services
ca_bn; a Canadian business number; 999999999AA9999 | 999999999 AA9999; ca.bn; 0.7; 0; business number, bn, gst, hst
au_tfn; an Australian tax file number; 999~999~999; au.tfn; 0; 0; tfn, tax file
au_medicare; an Australian Medicare number; 9999 99999 9 | 9999-99999-9; own:au_medicare; 0.75; 0; medicare
au_medicare; an Australian Medicare number; 9999999999 | 99999999999; own:au_medicare; 0; 0; medicare
au_abn; an Australian business number; 99 999 999 999; au.abn; 0.7; 0; abn, business number
au_abn; an Australian business number; 99999999999; au.abn; 0; 0; abn, business number
au_acn; an Australian company number; 999 999 999 | 999999999; au.acn; 0; 0; acn, company number
nz_ird; a New Zealand tax number; 999-999-999 | 99-999-999 | 999 999 999 | 999999999 | 99999999; nz.ird; 0; 0; ird, inland revenue, tax number
nz_nhi; a New Zealand health number; AAA9999 | AAA99AA; own:nz_nhi; 0; 0; nhi, national health index, health number
in_aadhaar; an Indian Aadhaar number; 9999 9999 9999 | 9999-9999-9999; in_.aadhaar; 0.75; 0; aadhaar, aadhar, uidai, uid
in_aadhaar; an Indian Aadhaar number; 999999999999; in_.aadhaar; 0; 0; aadhaar, aadhar, uidai, uid
in_pan; an Indian PAN; AAAAA9999A; in_.pan; 0.75; 0; pan, permanent account
in_gstin; an Indian GST number; 99AAAAA9999A9A9 | 99AAAAA9999A9AA | 99AAAAA9999AAA9 | 99AAAAA9999AAAA; in_.gstin; 0.85; 0; gst, gstin
in_epic; an Indian voter number; AAA9999999; in_.epic; 0; 0; voter, epic, election
sg_nric; a Singapore NRIC or FIN; A9999999A; own:sg_nric; 0.8; 0; nric, fin, singpass
za_id; a South African ID number; 9999999999999 | 999999 9999 999 | 999999 9999 99 9; za.idnr; 0.65; 0.6; id number, identity number, said, rsa id, sa id
za_tax; a South African tax number; 9999999999; za.tin; 0; 0; tax number, sars, tax reference
cn_ric; a Chinese resident identity number; 999999999999999999 | 99999999999999999A; cn.ric; 0.85; 0.7; identity card, resident identity, shenfenzheng
jp_my_number; a Japanese My Number; 999999999999 | 9999 9999 9999 | 9999-9999-9999; jp.in_; 0; 0; my number, mynumber, kojin bango
kr_rrn; a Korean resident number; 999999-9999999; kr.rrn; 0.8; 0; rrn, resident registration, jumin
tw_id; a Taiwanese identity number; A999999999; own:tw_id; 0.6; 0; identity card, national id, arc
hk_id; a Hong Kong identity number; A999999(9) | A999999(A) | A9999999; own:hk_id; 0; 0; hkid, hong kong identity, identity card
my_nric; a Malaysian identity number; 999999-99-9999; my.nric; 0.8; 0; nric, mykad, ic number
th_id; a Thai identity number; 9-9999-99999-99-9 | 9999999999999; th.pin; 0.8; 0; thai id, national id, citizen id
id_nik; an Indonesian identity number; 9999999999999999; id.nik; 0; 0; nik, ktp
pk_cnic; a Pakistani identity number; 99999-9999999-9; pk.cnic; 0.75; 0; cnic, nadra
il_id; an Israeli identity number; 999999999 | 99999999-9 | 99999999; il.idnr; 0; 0; teudat, israeli id, tz, identity number
tr_kimlik; a Turkish identity number; 99999999999; tr.tckimlik; 0; 0.55; kimlik, tckn, tc kimlik
br_cpf; a Brazilian CPF; 999.999.999-99; br.cpf; 0.9; 0; cpf
br_cpf; a Brazilian CPF; 99999999999 | 999999999-99; br.cpf; 0; 0; cpf
br_cnpj; a Brazilian CNPJ; 99.999.999/9999-99; br.cnpj; 0.9; 0; cnpj
br_cnpj; a Brazilian CNPJ; 99999999999999; br.cnpj; 0; 0; cnpj
mx_curp; a Mexican CURP; AAAA999999AAAAAA99 | AAAA999999AAAAAAA9; mx.curp; 0.9; 0; curp
mx_rfc; a Mexican RFC; AAAA999999999 | AAAA999999A99 | AAAA9999999A9 | AAAA99999999A | AAAA999999AA9 | AAAA999999A9A | AAAA9999999AA | AAAA999999AAA; mx.rfc; 0.7; 0; rfc
ar_cuit; an Argentine CUIT; 99-99999999-9; ar.cuit; 0.8; 0; cuit, cuil
ar_cuit; an Argentine CUIT; 99999999999; ar.cuit; 0; 0; cuit, cuil
ar_dni; an Argentine DNI; 99.999.999; ar.dni; 0; 0; dni, documento
cl_rut; a Chilean RUT; 99.999.999-9 | 99.999.999-A | 9.999.999-9 | 9.999.999-A | 99999999-9 | 99999999-A; cl.rut; 0.75; 0; rut, run
co_nit; a Colombian NIT; 999.999.999-9 | 999999999-9; co.nit; 0.6; 0; nit
pe_dni; a Peruvian RUC; 99999999999; pe.ruc; 0; 0; ruc
ec_ci; an Ecuadorian identity number; 9999999999 | 999999999-9; ec.ci; 0; 0; cedula, cédula, identidad
ve_rif; a Venezuelan RIF; A-99999999-9; ve.rif; 0.8; 0; rif
do_cedula; a Dominican identity number; 999-9999999-9; do.cedula; 0.8; 0; cedula, cédula
uy_rut; an Uruguayan RUT; 999999999999; uy.rut; 0; 0; rut
cr_cpf; a Costa Rican identity number; 9-9999-9999 | 99-9999-9999; cr.cpf; 0; 0; cedula, cédula
"""  # noqa: E501  # a table reads by the line
