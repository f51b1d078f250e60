"""Paths, identifiers, products and releases, in which a model sees names.

Every person is invented.
"""

from __future__ import annotations

import pytest

from maskwell.detection import Detector
from maskwell.detection.machine_text import is_of_a_listing, is_of_code, is_on_a_line_of_code
from maskwell.detection.products import is_product
from maskwell.detection.recognizers.release_dates import (
    is_of_a_log,
    is_of_a_program,
    is_year_of_a_licence,
)


def span(text: str, value: str) -> tuple[int, int]:
    start = text.index(value)
    return start, start + len(value)


@pytest.mark.parametrize(
    ("text", "value", "label", "is_code"),
    [
        ("run with --install /usr/bin/rvedit now", "rvedit", "PERSON", True),
        ("see man1/jbrowse.1.gz for it", "jbrowse", "PERSON", True),
        ("call vito::open first", "vito", "ORG", True),
        ("read hostelry(8) and host-key(5) before", "hostelry", "PERSON", True),
        ("SEE ALSO\n    hostelry(8)", "hostelry", "PERSON", True),
        ("an AGE of grepfind(1) or grep.conf(5)", "1", "AGE", True),
        ("kids: oona(8) and bram(5), be kind", "oona", "PERSON", False),
        ("kids: oona(8) and bram(5), be kind", "8", "AGE", False),
        ("Kids: Oona(8)", "8", "AGE", False),
        ("grep(1), sed(1), hostelry(8), awk(1), tar(1)", "hostelry", "PERSON", True),
        ("a" + "A" * 400 + "-b came", "a" + "A" * 400 + "-b", "PERSON", False),
        ("a1" * 2000 + " oona(8)", "oona", "PERSON", False),
        ("the way is at No. 7.", "No. 7", "ADDRESS", False),
        ("the class `~pylene.streams` has", "pylene", "ORG", True),
        ("the unit sandrow-cleanup.timer ran", "sandrow", "PERSON", True),
        ("open SoleFileIO and read", "SoleFileIO", "PERSON", True),
        ("use RustyCrypto::new here", "RustyCrypto", "PERSON", True),
        ("class RustyCrypto:", "RustyCrypto", "PERSON", True),
        ("call rustyCrypto now", "rustyCrypto", "PERSON", True),
        ("OonaQuill and BramVisser signed", "OonaQuill", "PERSON", False),
        ("OonaQuill (34) came", "OonaQuill", "PERSON", False),
        ("a VanDerQuill came", "VanDerQuill", "PERSON", False),
        ("My ex J hit me and K saw it.", "J", "PERSON", False),
        ("My ex J hit me and K saw it.", "K", "PERSON", False),
        ("landlord: K", "K", "PERSON", False),
        ("  J) the last way", "J", "PERSON", True),
        ("set K[0] to one", "K", "PERSON", True),
        ("Mr. K[sic] came", "K", "PERSON", False),
        ("moved to europe-north7 today", "europe-north7", "PLACE", True),
        ("requires @npmtool/pack now", "@npmtool", "USERNAME", True),
        ('from "@npmtool/pack"', "@npmtool", "USERNAME", True),
        ("@oonaq/bram can you look", "@oonaq", "USERNAME", False),
        ("@oonaq.k87 owes me $50 (from lunch)", "@oonaq.k87", "USERNAME", False),
        ("I got 30%off, @oonaq (nice)", "@oonaq", "USERNAME", False),
        ("my (ex) husband @oonaq, and me;", "@oonaq", "USERNAME", False),
        ("	push @stack, $one;", "@stack", "USERNAME", True),
        ("foreach (@our_caps) {", "@our_caps", "USERNAME", True),
        ("x = 'y' # ਰ", "ਰ", "PERSON", True),
        ('msgid "Dutch"\nmsgstr "Belanda"', "Belanda", "PLACE", True),
        ('msgid "Oona Quill"', "Oona Quill", "PERSON", False),
        (
            '<mime-type type="a">\n  <comment xml:lang="lt">Vaizdo failas</comment>',
            "Vaizdo failas",
            "PERSON",
            True,
        ),
        ('<_name xml:lang="lt">Vaizdo failas</_name>', "Vaizdo failas", "PERSON", True),
        ('<comment xml:lang="en">Oona Quill came</comment>', "Oona Quill", "PERSON", False),
        ('<text xml:lang="en">Patient Oona Quill', "Oona Quill", "PERSON", False),
        ("cd /home/oona && ls", "oona", "PERSON", False),
        (r"C:\Users\oona\Desktop", "oona", "PERSON", False),
        ("in /srv/cases/Quillmore/brief.pdf", "Quillmore", "PERSON", False),
        ("ask oona/bram about it", "oona", "PERSON", False),
        ("mum/dad/oona are coming", "oona", "PERSON", False),
        ("w/ bram/oona/anna on friday", "oona", "PERSON", False),
        ("in (bram)/oona/anna now", "oona", "PERSON", False),
        ("the file src/parts/jbrowse/core here", "jbrowse", "PERSON", True),
        ("the file parts/jbrowse/core.py here", "jbrowse", "PERSON", True),
        ("in /srv/patients/oona/scan.pdf", "oona", "PERSON", False),
        (r"C:\Clients\oona\divorce\letter.docx", "oona", "PERSON", False),
        ("~/papers/oona/letters.pdf", "oona", "PERSON", False),
        (r"C:\Programs\jbrowse\run.exe", "jbrowse", "PERSON", True),
        ("ask oona.so when she comes", "oona", "PERSON", False),
        ("tell oona.c u at 5", "oona", "PERSON", False),
        ("bring oona.go early", "oona", "PERSON", False),
        ("built jbrowse.so.1 first", "jbrowse", "PERSON", True),
        ("cheers-oona", "oona", "PERSON", False),
        ("who knows--oona told me", "oona", "PERSON", False),
        ("run it with --oona now", "oona", "PERSON", True),
        ("bram->oona pass it on", "oona", "PERSON", False),
        ("bram->oona pass it on", "bram", "PERSON", False),
        ("set jbrowse->open(1)", "jbrowse", "PERSON", True),
        ("$self->jbrowse now", "jbrowse", "PERSON", True),
        ("see you ~oona.", "oona", "PERSON", False),
        ("$oona owes me", "oona", "PERSON", False),
        ("$jbrowse = 1", "jbrowse", "PERSON", True),
        ("ask oona/bram about it", "bram", "PERSON", False),
        ("met oona (34) there", "oona", "PERSON", False),
        ("oona (34) came", "34", "AGE", False),
        ("wrote to McAllister and LeBron", "McAllister", "PERSON", False),
        ("wrote to McAllister and LeBron", "LeBron", "PERSON", False),
        ("MaryAnn called", "MaryAnn", "PERSON", False),
        ("it was oona.", "oona", "PERSON", False),
        ("thanks @oonaq, see you; bye", "@oonaq", "USERNAME", False),
        ("owed $5 to @oonaq, who left", "@oonaq", "USERNAME", False),
        ("from @oonaq/@bramv", "@oonaq", "USERNAME", False),
        ('msgid ""\nmsgstr "Oona Quill <oona@example.com>"', "Oona Quill", "PERSON", False),
        ('msgid ""\nmsgstr "oona@example.com Oona Quill"', "Oona Quill", "PERSON", False),
        ('<persName xml:lang="en">Oona Quill</persName>', "Oona Quill", "PERSON", False),
        ("H3 {font-family: Verdena, Palermino, serif}", "Palermino", "PERSON", True),
        ("Font: bold. Client Oona Quill", "Oona Quill", "PERSON", False),
        ("in a large font, Palermino wrote", "Palermino", "PERSON", False),
        ("see Abramore, Sec. 16.28, Pg. 576.", "Sec. 16.28", "DATE", True),
        ("see Abramore, Sec. 16.28, Pg. 576.", "Pg. 576", "ADDRESS", True),
        ("at 12 Pagoda Street, Leeds", "12 Pagoda Street", "ADDRESS", False),
        ('"createdAt": 1569448780.054', "1569448780", "ID", True),
        ('"memberId": 1569448780', "1569448780", "ID", False),
        ("about justifica\u2010\n    tions of it", "justifica", "PERSON", True),
        ("wrote to anne-\nmarie", "anne", "PERSON", True),
        ("wrote to Anne-\nMarie", "Anne", "PERSON", False),
        ("PayWell and BlackStone merged", "PayWell", "ORG", False),
    ],
)
def test_what_touches_a_word_tells_code(
    text: str, value: str, label: str, *, is_code: bool
) -> None:
    assert is_of_code(text, *span(text, value), label) is is_code


@pytest.mark.parametrize(
    ("text", "value", "is_listed"),
    [
        ("link group jarrow now points to /usr/lib/jarrow", "jarrow", True),
        ("oona logged in; her files are in /home/oona", "oona", False),
        ("oona logged in; see /srv/oonagh", "oona", False),
        ("call bram/oona tonight. oona has the keys", "oona", False),
        ("Oona wrote /srv/Oona", "Oona", False),
    ],
)
def test_a_step_of_a_path_elsewhere_tells_a_program(
    text: str, value: str, *, is_listed: bool
) -> None:
    assert is_of_a_listing(text, *span(text, value), "PERSON") is is_listed


def test_a_line_of_code_has_variables_and_goes_on() -> None:
    assert is_on_a_line_of_code("my ($a, @rest) = @_;", 8, 13)
    assert not is_on_a_line_of_code("I owe @rest some $money", 6, 11)


@pytest.mark.parametrize(
    ("text", "value", "is_thing"),
    [
        ("under the MIT License, version", "MIT", True),
        ("on a BSD-style licence", "BSD", True),
        ("built with CMake and gcloud", "CMake", True),
        ("published by the Free Software Foundation;", "Free Software Foundation", True),
        ("does not work on Solaris yet", "Solaris", True),
        ("she worked for the Free Software Foundation", "Free Software Foundation", False),
        ("the Amazon CloudFork console", "Amazon", True),
        ("$ gcloud alpha kms", "gcloud alpha", True),
        ("runs on Google Compute Engine", "Google", True),
        ("a Microsoft Word file", "Microsoft", True),
        ("she studied at MIT", "MIT", False),
        ("he works at Google", "Google", False),
        ("an engineer at Google Cloud", "Google", False),
        ("our client Oracle Database Group", "Oracle", False),
        ("Brandt Logistics called", "Brandt Logistics", False),
        ("I joined Figma in May", "Figma", False),
        ("I was laid off from Dropbox", "Dropbox", False),
        ("my Slack severance", "Slack", False),
        ("Uwe ist bei OpenAI", "OpenAI", False),
        ("my sister is at Databricks now", "Databricks", False),
        ("she is at Babel in Leeds", "Babel", False),
        ("a lawsuit against LibreOffice", "LibreOffice", False),
        ("Uwe arbeitet mit Ubuntu", "Ubuntu", False),
        ("install Ubuntu and Kubernetes", "Ubuntu", True),
        ("install Ubuntu and Kubernetes", "Kubernetes", True),
        ("Brandt Electric license C10-88231", "Brandt Electric", False),
        ("Brandt Plumbing License expired", "Brandt Plumbing", False),
        ("under the Apache 2.0 License", "Apache", True),
        ("the Brandt Public License", "Brandt", True),
    ],
)
def test_a_product_is_no_firm_unless_somebody_works_there(
    text: str, value: str, *, is_thing: bool
) -> None:
    assert is_product(text, *span(text, value)) is is_thing


@pytest.mark.parametrize(
    ("text", "date", "is_release"),
    [
        ("## 0.17.3 (2031-07-05)", "2031-07-05", True),
        ("tool-linux 2.38.1          2031-05-11        X(1)", "2031-05-11", True),
        ("v1.4 - 2031-05-11", "2031-05-11", True),
        ("rustic 1.95.0 (59807616e 2031-04-14)", "2031-04-14", True),
        ("$Id: tool.h 9081 2031-06-19 milde $", "2031-06-19", True),
        ("@(#)tool.h 8.1 (Berkmore) 6/2/31", "6/2/31", True),
        ("owed $40 since 2031-06-19", "2031-06-19", False),
        ("from oona@example.com 2031-06-19", "2031-06-19", False),
        ("Potassium 4.1 2031-05-11", "2031-05-11", False),
        ("HbA1c 6.5 (2031-05-11)", "2031-05-11", False),
        ("Oona Quill (2031-05-11)", "2031-05-11", False),
        ("seen 2031-05-11 in room 3.1", "2031-05-11", False),
        ("10.0.0.1 2031-05-11", "2031-05-11", False),
        ("Termine: 12.05.2031 19.05.2031 26.05.2031", "19.05.2031", False),
        ("Termine: 12.05.2031 19.05.2031 26.05.2031", "26.05.2031", False),
        ("am 12.05.2031 - 26.05.2031 im Urlaub", "26.05.2031", False),
        ("12.3.1961 4.5.2020 6.7.2021", "4.5.2020", False),
        ("1.2.61 4.5.2020", "4.5.2020", False),
        ("555.010.0142 03/14/1982", "03/14/1982", False),
        ("06.12.34.56.78 03/14/1982", "03/14/1982", False),
        ("192.0.2.12 14 March 1987", "14 March 1987", False),
        ("Oona Quill (4471290) 12/03/1961", "12/03/1961", False),
        ("born v2 1987-04-03", "1987-04-03", False),
    ],
)
def test_a_release_has_a_date_of_its_own(text: str, date: str, *, is_release: bool) -> None:
    assert is_of_a_program(text, *span(text, date)) is is_release


@pytest.mark.parametrize(
    ("text", "date", "is_log"),
    [
        (
            "up 2031-05-11 10:00:01 status a:all\nup 2031-05-11 10:00:02 status b:all\n",
            "2031-05-11 10:00:02",
            True,
        ),
        (
            "[2031-05-11 10:00:01] INFO start\n[2031-05-11 10:00:02] INFO stop\n",
            "2031-05-11 10:00:01",
            True,
        ),
        (
            "[2031-05-11 10:00:01] Oona: hi\n[2031-05-11 10:00:02] Bram: hi\n",
            "2031-05-11 10:00:01",
            False,
        ),
        ("Admitted 2031-05-11 10:00:01 to ward 4\n", "2031-05-11 10:00:01", False),
        ("2031-05-11 10:00:01 alone\n", "2031-05-11 10:00:01", False),
        (
            "2031-05-11 10:00:01 given 5 mg\n2031-05-11 11:00:00 asleep\n",
            "2031-05-11 11:00:00",
            False,
        ),
        (
            "[2031-05-11 10:00:01] lat 52.3 lon -2.7\n[2031-05-11 10:00:02] lat 52.3 lon -2.7\n",
            "2031-05-11 10:00:02",
            False,
        ),
    ],
)
def test_a_program_s_log_has_times_of_its_own(text: str, date: str, *, is_log: bool) -> None:
    assert is_of_a_log(text, *span(text, date)) is is_log


@pytest.mark.parametrize(
    ("text", "years", "is_licence"),
    [
        ("Copyright (C) 2003-2020 Oona Quill", "2003-2020", True),
        ("Copyright: 1999, 2013", "2013", True),
        ("&copy; 2014", "2014", True),
        ("Copyright: 1998 Oona Quill\n  2012-2015 Bram Visser\n", "2012-2015", True),
        ("Work:\n  2012-2015 Bram Visser Ltd\n", "2012-2015", False),
        ("She moved there in 2014", "2014", False),
        ("Copyright law has held since 2014", "2014", False),
        ("Copyright 3 May 2014", "3 May 2014", False),
    ],
)
def test_years_of_a_licence_are_nobodys(text: str, years: str, *, is_licence: bool) -> None:
    assert is_year_of_a_licence(text, *span(text, years)) is is_licence


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


@pytest.mark.parametrize(
    "text",
    [
        "Raise it when the username is already taken, or the handle is also provided.",
        "while ($handle or @stack) {\n\t$dir = pop @stack99;\n}",
        "Copyright 2003-2020 by the authors, under the MIT License.",
        """update-tool 2031-06-24 14:39:43: run with /usr/bin/rvedit
update-tool 2031-06-24 14:39:44: link group rvedit points to /usr/lib/rvedit
""",
    ],
)
def test_nothing_is_found_in_what_machines_write(detector: Detector, text: str) -> None:
    assert detector.detect(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "is_found"),
    [
        ("border: 1px solid #A0A0A0;", "ADDRESS", False),
        ("sent to K1A 0B1 by post", "ADDRESS", True),
        ("Floor 5, Boston, MA 02110-1301 USA", "PHONE", False),
        ("call 555-0123 in MA", "PHONE", True),
    ],
)
def test_a_colour_is_no_postcode_and_a_postcode_no_number_to_call(
    detector: Detector, text: str, kind: str, *, is_found: bool
) -> None:
    assert (kind in [f.entity_type.value for f in detector.detect(text)]) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("java.vendor=Quark\nos.name=Mac Oslo X\n", False),
        ('<w:lsd w:name="Intense Quote" w:on="0"/>', False),
        ("name=Gesa Lindqvist\n", True),
        ('{"name": "Gesa Lindqvist"}', True),
    ],
)
def test_an_attribute_that_ends_like_a_label_is_none(text: str, *, is_found: bool) -> None:
    found = [f.entity_type.value for f in Detector(names=False).detect(text)]

    assert ("PERSON" in found) is is_found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Stand up when my name is called out loud.", ""),
        ("my name is misspelled on the card", ""),
        ("my name is too long for this field", ""),
        ("my name is gesa lindqvist", "gesa lindqvist"),
        ("my name is Wright, with a W", "Wright"),
        ("hi my name is syed and i need help", "syed"),
        ("my name is alfred", "alfred"),
    ],
)
def test_what_is_said_of_a_name_is_none(text: str, value: str) -> None:
    found = [text[f.start : f.end] for f in Detector(names=False).detect(text)]

    assert found == ([value] if value else [])


def test_a_log_line_with_somebody_on_it_keeps_its_time(detector: Detector) -> None:
    text = (
        "2031-03-05 07:58:12 INFO door 3 opened by Gesa Lindqvist\n"
        "2031-03-05 07:59:00 INFO queue depth is 7\n"
        "2031-03-05 08:10:40 INFO door 3 opened by Gesa Lindqvist\n"
    )

    found = [text[f.start : f.end] for f in detector.detect(text)]

    times = ["2031-03-05 07:58:12", "2031-03-05 08:10:40"]
    assert [v for v in found if v.startswith("2031")] == times
    assert Detector(names=False).detect("12.05.2031 - 26.05.2031")[1:]
