"""The eighteen kinds of identifier of HIPAA's Safe Harbor (45 CFR 164.514), by the rules alone."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector

KINDS = [
    ("a_names", "Patient: Ada Quill", "Ada Quill"),
    ("b_places_below_a_state", "lives at 12 Orchard Street, Salem, OR 97301", "12 Orchard Street"),
    ("c_dates", "admitted 03/14/2021", "03/14/2021"),
    ("c_ages", "age 93", "93"),
    ("d_telephone", "tel 503-555-0142", "503-555-0142"),
    ("e_fax", "fax 503-555-0143", "503-555-0143"),
    ("f_email", "ada@example.org", "ada@example.org"),
    ("g_social_security", "SSN 219-09-9999", "219-09-9999"),
    ("h_medical_record", "MRN 0048-2913", "0048-2913"),
    ("i_health_plan", "subscriber ID WQX88120044", "WQX88120044"),
    ("j_account", "account no. 4402-118-773", "4402-118-773"),
    ("k_certificate", "medical license A-129944", "A-129944"),
    ("l_vehicle", "plate number 7QXR210", "7QXR210"),
    ("m_device", "device serial PM-2210-77X", "PM-2210-77X"),
    ("n_url", "https://ada-quill.example.net/me", "https://ada-quill.example.net/me"),
    ("o_ip", "from 203.0.113.9", "203.0.113.9"),
    ("p_biometric", "fingerprint ID 99-AA12-07", "99-AA12-07"),
    ("r_other_codes", "study applicant ID APX-70021", "APX-70021"),
]
"""Kind, text, value. (q), full-face photographs, is no text."""


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


@pytest.mark.parametrize(("text", "value"), [k[1:] for k in KINDS], ids=[k[0] for k in KINDS])
def test_the_kind_is_found(detector: Detector, text: str, value: str) -> None:
    found = [text[f.start : f.end] for f in detector.detect(text)]

    assert any(value in covered for covered in found)
