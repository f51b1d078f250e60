"""Identity numbers: every rule finds a valid number beside its cue and refuses a mistyped one.

The numbers were drawn at random and kept when their check passed; none is known to be issued.
"""

from __future__ import annotations

import pytest

from maskwell.detection import Detector
from maskwell.detection.recognizers.id_rules import rules_from
from maskwell.detection.recognizers.ids_europe import EUROPE
from maskwell.detection.recognizers.ids_world import WORLD
from maskwell.entity_types import EntityType

NUMBERS = [
    ("gb_nino", "NC393031C", "nino"),
    ("gb_nhs", "969 195 4702", "nhs"),
    ("gb_utr", "7533475639", "utr"),
    ("gb_driving", "XYCYM009223XC7PB", "driving licence"),
    ("ie_pps", "1027399T", "pps"),
    ("at_svnr", "1437 147261", "svnr"),
    ("at_tin", "06-094/8098", "steuernummer"),
    ("be_nn", "83.07.39-861.52", "rijksregisternummer"),
    ("bg_egn", "5148288868", "egn"),
    ("hr_oib", "10165708133", "oib"),
    ("cy_tic", "97944484L", "tic"),
    ("cz_rc", "543118/0403", "rodné číslo"),
    ("sk_rc", "293215/3994", "rodné číslo"),
    ("de_idnr", "34 061 807 907", "steuer-id"),
    ("de_stnr", "04/877/33276", "steuernummer"),
    ("de_svnr", "24270301C951", "sozialversicherungsnummer"),
    ("de_kvnr", "S960576674", "versichertennummer"),
    ("de_perso", "Y92D60FV71", "personalausweis"),
    ("dk_cpr", "140372-7586", "cpr"),
    ("ee_ik", "16903248169", "isikukood"),
    ("fi_hetu", "050749-247F", "hetu"),
    ("fr_nir", "577520469510989", "sécurité sociale"),
    ("fr_nif", "3468917303446", "numéro fiscal"),
    ("fr_siret", "36706780803656", "siret"),
    ("fr_siren", "577694318", "siren"),
    ("gr_amka", "08082227094", "amka"),
    ("gr_afm", "419854031", "afm"),
    ("hu_taj", "641 301 894", "taj"),
    ("hu_tax", "8134622895", "adóazonosító"),
    ("hu_anum", "45012828-4-48", "adószám"),
    ("it_cf", "CEHGXV79D64U731K", "codice fiscale"),
    ("it_iva", "32622600065", "partita iva"),
    ("lv_pk", "693140-40368", "personas kods"),
    ("lt_ak", "98025635252", "asmens kodas"),
    ("lu_matricule", "4726030267672", "matricule"),
    ("mt_id", "3082850B", "identity card"),
    ("nl_bsn", "562131759", "bsn"),
    ("no_fnr", "144701 76890", "fødselsnummer"),
    ("pl_pesel", "01012359407", "pesel"),
    ("pl_nip", "656-822-01-94", "nip"),
    ("pl_regon", "988438702", "regon"),
    ("pl_id", "BTN214541", "dowód"),
    ("pt_nif", "798751746", "nif"),
    ("pt_cc", "26081317 7 GS0", "cartão de cidadão"),
    ("ro_cnp", "5520905156524", "cnp"),
    ("rs_jmbg", "2301122977339", "jmbg"),
    ("ru_snils", "697-723-368 66", "snils"),
    ("ru_inn", "2410374638", "inn"),
    ("ua_rntrc", "2655592173", "rntrc"),
    ("se_pnr", "300808-9736", "personnummer"),
    ("si_emso", "0703151220631", "emso"),
    ("si_tax", "47850469", "davčna"),
    ("es_dni", "95164647P", "dni"),
    ("es_nie", "X5163522E", "nie"),
    ("es_cif", "D37454469", "cif"),
    ("es_nss", "55/55399335/09", "seguridad social"),
    ("ch_ahv", "756.7403.2143.71", "ahv"),
    ("is_kt", "160349-7359", "kennitala"),
    ("al_nid", "L16130794P", "nipt"),
    ("us_ssn", "843-87-5882", "ssn"),
    ("us_itin", "965-97-1056", "itin"),
    ("us_ein", "12-7370730", "ein"),
    ("us_mbi", "2NX1JV2UX55", "medicare"),
    ("us_npi", "2238423075", "npi"),
    ("us_dea", "FF6685486", "dea"),
    ("ca_sin", "457-531-820", "sin"),
    ("ca_health", "0055 172 571", "ohip"),
    ("ca_bn", "534899331RC9051", "business number"),
    ("au_tfn", "704582315", "tfn"),
    ("au_medicare", "6982 78503 4", "medicare"),
    ("au_abn", "67 134 469 084", "abn"),
    ("au_acn", "598 901 967", "acn"),
    ("nz_ird", "118-949-137", "ird"),
    ("nz_nhi", "VLA0726", "nhi"),
    ("in_aadhaar", "6427 1787 2843", "aadhaar"),
    ("in_pan", "WDEPD4938L", "pan"),
    ("in_gstin", "07BSFKR3538U2Z0", "gst"),
    ("in_epic", "UAD5218912", "voter"),
    ("sg_nric", "F3410692N", "nric"),
    ("za_id", "4812111882134", "id number"),
    ("za_tax", "1953997432", "tax number"),
    ("cn_ric", "230125546401165026", "identity card"),
    ("jp_my_number", "119243182368", "my number"),
    ("kr_rrn", "590823-5122925", "rrn"),
    ("tw_id", "G211318236", "identity card"),
    ("hk_id", "F075491(5)", "hkid"),
    ("my_nric", "740122-15-3683", "nric"),
    ("th_id", "7-9834-71870-20-1", "thai id"),
    ("id_nik", "1230111209743142", "nik"),
    ("pk_cnic", "29018-3718448-4", "cnic"),
    ("il_id", "698143708", "teudat"),
    ("tr_kimlik", "64930742072", "kimlik"),
    ("br_cpf", "989.290.431-19", "cpf"),
    ("br_cnpj", "12.749.821/3702-03", "cnpj"),
    ("mx_curp", "TKYU670904MCLCYU64", "curp"),
    ("mx_rfc", "CNWG520609065", "rfc"),
    ("ar_cuit", "55-64633998-6", "cuit"),
    ("ar_dni", "53.025.964", "dni"),
    ("cl_rut", "91.530.383-8", "rut"),
    ("co_nit", "560.994.304-0", "nit"),
    ("pe_dni", "17435848532", "ruc"),
    ("ec_ci", "5045033056", "cedula"),
    ("ve_rif", "E-35423587-3", "rif"),
    ("do_cedula", "209-3450551-0", "cedula"),
    ("uy_rut", "151419970011", "rut"),
    ("cr_cpf", "4-2949-8530", "cedula"),
]
UNCHECKED = {
    "ca_bn", "de_perso", "de_stnr", "dk_cpr", "gb_driving", "gb_utr", "in_pan", "mt_id", "mx_rfc",
    "my_nric", "pk_cnic", "us_ein", "us_itin", "us_mbi", "us_ssn", "au_medicare", "hu_anum",
}  # fmt: skip
"""Numbers without a check digit in their last place."""


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


def subtypes(detector: Detector, text: str) -> set[str]:
    return {f.subtype for f in detector.detect(text) if f.entity_type is EntityType.ID}


@pytest.mark.parametrize(("subtype", "number", "cue"), NUMBERS, ids=[n[0] for n in NUMBERS])
def test_a_valid_number_beside_its_cue_is_found_whole(
    detector: Detector, subtype: str, number: str, cue: str
) -> None:
    text = f"The {cue} is {number}, as agreed."

    found = [text[f.start : f.end] for f in detector.detect(text)]

    assert number in found


def test_every_rule_has_a_number_here() -> None:
    rules = {rule.subtype for rule in (*rules_from(EUROPE), *rules_from(WORLD))}

    assert {n[0] for n in NUMBERS} == rules


@pytest.mark.parametrize(
    ("subtype", "number"),
    [n[:2] for n in NUMBERS if n[1][-1].isdigit() and n[0] not in UNCHECKED],
)
def test_a_mistyped_number_in_running_text_is_not_taken_for_it(
    detector: Detector, subtype: str, number: str
) -> None:
    wrong = [number[:-1] + str((int(number[-1]) + step) % 10) for step in (1, 2, 3)]

    taken = [w for w in wrong if subtype in subtypes(detector, f"It reads {w} on the page.")]

    assert len(taken) < len(wrong)
