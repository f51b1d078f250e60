"""Columns under telling headings, and keys with telling names, in whatever notation."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector


@pytest.fixture(scope="module")
def rules() -> Detector:
    return Detector(names=False)


def found(rules: Detector, text: str) -> list[tuple[str, str]]:
    return [(f.entity_type.value, text[f.start : f.end]) for f in rules.detect(text)]


PERSON = [("PERSON", "Autumn"), ("PERSON", "Marsh"), ("ADDRESS", "3 Alder Row"), ("PLACE", "Wells")]


@pytest.mark.parametrize(
    "text",
    [
        "forename,surname,street,town\nAutumn,Marsh,3 Alder Row,Wells\n",
        '"forename","surname","street","town"\r\n"Autumn","Marsh","3 Alder Row","Wells"\r\n',
        "id;Forename;Surname;Street;Town;ok\n7;Autumn;Marsh;3 Alder Row;Wells;1",
        "Forename\tSurname\tStreet\tTown\nAutumn\tMarsh\t3 Alder Row\tWells",
        (
            "| Forename | Surname | Street | Town |\n|---|:--:|---|---|\n"
            "| Autumn | Marsh | 3 Alder Row | Wells |"
        ),
        (
            "+----+\n| FORENAME | SURNAME | STREET      | TOWN  |\n+----+\n"
            "| Autumn   | Marsh   | 3 Alder Row | Wells |\n+----+"
        ),
        "FORENAME   SURNAME   STREET        TOWN\nAutumn     Marsh     3 Alder Row   Wells",
        (
            "INSERT INTO p (forename, surname, street, town)\nVALUES ('Autumn','Marsh',"
            "'3 Alder Row','Wells');"
        ),
        (
            "COPY p (forename, surname, street, town) FROM stdin;\n"
            "Autumn\tMarsh\t3 Alder Row\tWells\n\\."
        ),
        (
            "<table><tr><th>Forename</th><th>Surname</th><th>Street</th><th>Town</th></tr>"
            "<tr><td>Autumn</td><td>Marsh</td><td>3 Alder Row</td><td>Wells</td></tr></table>"
        ),
        '{"foreName": "Autumn", "surname": "Marsh", "street": "3 Alder Row", "town": "Wells"}',
        "forename: Autumn\nsurname: Marsh\nstreet: 3 Alder Row\ntown: Wells\n",
        "forename = Autumn\nsurname = Marsh\nstreet = 3 Alder Row\ntown = Wells\n",
        (
            "<p><foreName>Autumn</foreName><surname>Marsh</surname><street>3 Alder Row</street>"
            "<town>Wells</town></p>"
        ),
        (
            '<p><forename value="Autumn"/><surname value="Marsh"/><street value="3 Alder Row"/>'
            '<town value="Wells"/></p>'
        ),
        "SET forename='Autumn', surname='Marsh', street='3 Alder Row', town='Wells' WHERE 1",
        (
            '<input name="forename" value="Autumn"><input name="surname" value="Marsh">'
            '<input name="street" value="3 Alder Row"><input name="town" value="Wells">'
        ),
        (
            "<dt>Forename</dt><dd>Autumn</dd><dt>Surname</dt><dd>Marsh</dd>"
            "<dt>Street</dt><dd>3 Alder Row</dd><dt>Town</dt><dd>Wells</dd>"
        ),
        (
            '[{"name":"forename","value":"Autumn"},{"name":"surname","value":"Marsh"},'
            '{"name":"street","value":"3 Alder Row"},{"name":"town","value":"Wells"}]'
        ),
    ],
)
def test_a_person_is_found_in_every_notation(rules: Detector, text: str) -> None:
    assert found(rules, text) == PERSON


@pytest.mark.parametrize(
    ("heading", "value", "kind"),
    [
        ("Vorname", "Sonne", "PERSON"),
        ("patient_last_name", "Field", "PERSON"),
        ("prénom", "Mai", "PERSON"),
        ("PLZ", "01067", "ADDRESS"),
        ("kod pocztowy", "31-042", "ADDRESS"),
        ("zipCode", "903 29", "ADDRESS"),
        ("Geburtsdatum", "19620805", "DATE"),
        ("fecha_nacimiento", "03.11.68", "DATE"),
        ("emergencyContactPhone", "601555021", "PHONE"),
        ("Steuer-ID", "12345678911", "ID"),
        ("fodselsnummer", "01010112345", "ID"),
        ("tax_file_number", "123 456 782", "ID"),
        ("medicalRecordNumber", "7749120", "ID"),
        ("SerialNumber", "PF3A9XQ2", "ID"),
        ("Kennzeichen", "AB-CD 123", "VEHICLE"),
        ("driverLicenseNumber", "S620-540-81", "ID"),
        ("customerHomePhoneNumber", "5035550142", "PHONE"),
        ("HOME_PH", "5035550142", "PHONE"),
        ("Tel. kom.", "512555033", "PHONE"),
        ("PstCd", "72070", "ADDRESS"),
        ("CUST_FNAME", "Ville", "PERSON"),
    ],
)
def test_a_heading_tells_its_values_and_a_key_its_own(
    rules: Detector, heading: str, value: str, kind: str
) -> None:
    in_a_column = f"no;{heading};surname\n1;{value};Quill\n2;;Ferrant\n"

    assert (kind, value) in found(rules, in_a_column)


@pytest.mark.parametrize(
    "text",
    [
        "name,brand,city,price\nRose Water,Marlow,Grasse,12.90\nViolet Cream,Marlow,Lyon,9.50",
        "City;Population;County\nFlorence;367150;Tuscany\nCharlotte;897720;Mecklenburg",
        "family;style;foundry\nGaramond;Italic;Stempel",
        "code | name | meaning\n-----|------|----\n403 | Forbidden | no permission",
        "driver  version  owner\nIntel   5.2.1    Root\n",
        "key,owner,description\ndark_mode,Design,Switch to dark",
        "first_name,last_name,phone\nvarchar,varchar,text",
        "column  first_name  last_name  street\nlabel   First name  Last name  Street name",
        "We need your surname, street, and town.\nPlease write, in ink, by hand.",
        "def save(first_name, last_name, street):\n    call(first_name, last_name, street)",
        "INSERT INTO p (first_name, last_name) VALUES (?, ?), (:first_name, :last_name);",
        "SELECT first_name, last_name, street\nFROM people, orders, towns",
        "CREATE TABLE p (\n  first_name varchar(80) NOT NULL,\n  last_name varchar(80)\n);",
        '{"firstName": {"type": "string"}, "lastName": {"type": "string", "default": ""}}',
        "interface P {\n  firstName: string;\n  lastName?: String;\n  postcode: number;\n}",
        "first_name = request.form['first_name']\nlast_name=get_last_name()\nzip_code = zip(a)",
        "first_name=First name\nlast_name=Last name\nstreet=Street and number\nphone=Phone number",
        '<label for="surname">Surname</label><input name="surname" placeholder="Your surname">',
        "<FirstName></FirstName><LastName/>",
        "lat: 12, postcode: null, phone: none, dob: unknown, surname: N/A",
        "city: Grasse\ntown: Wells\nregion: South",
        "zip: archive.zip, street: true, phone: 1.2.3",
        "surname: required, max 40 letters",
        "The birth date: any day. The phone number: see below. The street: long.",
        "font-family: Garamond; first-name: optional",
        "$first_name = $_POST['first_name']; $phone = trim($phone);",
        "a,b\nstreet\tphone\n",
        "a <td> alone, and values in a tuple: surname",
        "</tr></td><tr>",
        'fname = "blah"; DisplayName="Output Switch"; POSTAL_ADDRESS = Identifier("a.b")',
        "for name in ('username', 'password'):\n    if not get(request, None):\n",
        "full_name='quill.orders.Line', first_name='line.txt', :rfc:`1750`",
        ":param addr: A remote address, port: 80",
        "Station;Lat;Lon;Elevation\nKSEA;47.44;-122.31;132\n",
        "<tr><th>First name</th><th>Town</th></tr><tr><th>Surname</th><th>Ville</th></tr>",
        "Missing last name: Check the form. Invalid phone number: Try again.",
        "print phone number: 12 is not one; host address: Linux",
        "productSerialNumber: none, lastNameLength: 40, firstNameLabel: Vorname",
    ],
)
def test_tables_and_keys_of_nobody_are_left(rules: Detector, text: str) -> None:
    assert [hit for hit in found(rules, text) if hit[0] != "URL"] == []


def test_cells_are_not_joined_and_keep_their_marks(rules: Detector) -> None:
    text = "surname,street,city,zip\nQuill,12 Alder Street,Salem,97301\n"

    assert [value for _, value in found(rules, text)] == [
        "Quill", "12 Alder Street", "Salem", "97301",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<Acct><ACCTID>998877661<X>", "998877661"),
        ("Driver lic. .....: S620-540-81", "S620-540-81"),
        ("Telephone no. ......... 01632 960145", "01632 960145"),
        ("GPSLatitude: 47.285233", "47.285233"),
        ('"guardianLastName" : "Hope"', "Hope"),
        ("{FirstName:Summer LastName:Field}", "Summer"),
        ("[family_name] => Field", "Field"),
        ('body="{\\"familyName\\":\\"Field\\"}"', "Field"),
    ],
)
def test_a_key_tells_its_value(rules: Detector, text: str, value: str) -> None:
    assert value in [hit for _, hit in found(rules, text)]


def test_a_list_under_a_key_is_read_to_its_end(rules: Detector) -> None:
    text = '{"surname": ["Hope", "Field", "Marsh"], "tags": ["Hopeful", "Fielded"]}'

    assert [value for _, value in found(rules, text)] == ["Hope", "Field", "Marsh"]


def test_headings_are_nobody_to_the_model_either() -> None:
    text = "Nachname;Ort;Bemerkung;Vorname\nSonne;Halle;netter Hund;Rosa\n"
    detector = Detector()

    assert min(f.start for f in detector.detect(text)) == text.index("Sonne")


def test_a_row_of_names_is_no_heading_for_one_word_in_it() -> None:
    text = "Street\tRosa Sonnenberg\nTown\tHalle\n"

    assert "Rosa Sonnenberg" in [text[f.start : f.end] for f in Detector().detect(text)]


@pytest.mark.parametrize(
    "text",
    [
        "First name | Jane | Last name | Hartwell\nStreet | 12 Elm Road | Phone | 07700 900123",
        "First name;Jane;Last name;Hartwell\nStreet;12 Elm Road;Phone;07700 900123\n",
        "Surname\tHartwell\tFirst name:\tJane\r\nStreet\t12 Elm Road\tPhone\t07700 900123",
        (
            "|Surname|Hartwell|First name|Jane|\n|---|---|---|---|\n"
            "|Street|12 Elm Road|Phone|07700 900123|"
        ),
        "Surname | Hartwell\nFirst name | Jane\nStreet | 12 Elm Road\nPhone | 07700 900123",
        "Surname | Hartwell\nOccupation | Nurse\nFirst name | Jane\nStreet | 12 Elm Road",
        "Surname,Hartwell,First name,Jane\nStreet,12 Elm Road,Phone,07700 900123",
        "Phone; +44 7700 900123; Surname; Hartwell\nFirst name; Jane; Street; 12 Elm Road",
    ],
)
def test_a_form_s_labels_tell_the_values_beside_them(rules: Detector, text: str) -> None:
    values = {value for _, value in found(rules, text)}

    assert values >= {"Jane", "Hartwell", "12 Elm Road"}


def test_a_form_of_one_row_is_read(rules: Detector) -> None:
    text = "Patient\tJane Hartwell\tDOB\t03/04/1985\n"

    assert [value for _, value in found(rules, text)] == ["Jane Hartwell", "03/04/1985"]


@pytest.mark.parametrize(
    "text",
    [
        "| Field | Meaning |\n|---|---|\n| surname | The family name |\n| street | The road |",
        "first_name | varchar | last_name | text\nphone | text | town | text",
        "Given name | Vorname | Surname | Nachname\nStreet | Straße | Town | Ort",
        "First name | Title | Phone | Company\n",
        "Surname | Required | First name | Optional\nStreet | Required | Phone | Optional",
        "town | Wells | city | Bath\n",
        "surname;Yes;phone;No\n",
    ],
)
def test_words_about_labels_are_no_values_of_a_form(rules: Detector, text: str) -> None:
    assert found(rules, text) == []


def test_columns_that_take_turns_with_strange_ones_are_no_form(rules: Detector) -> None:
    text = "First name;Dept;Surname;Team\nJane;Sales;Hartwell;Blue\nOmar;Ops;Farouk;Red"

    assert [value for _, value in found(rules, text)] == ["Jane", "Hartwell", "Omar", "Farouk"]


@pytest.mark.parametrize(
    "text",
    [
        "Surname,Jane Hartwell,Patient no,Omar Farouk,Sort,x\nSurname,Priya Hope,Town,Wells,A,y",
        "Patient;Hartwell Jane;Arzt;Brandt Uwe\nTelefon;0221 4711;Ort;Köln\n",
    ],
)
def test_a_name_between_labels_is_not_taken_for_a_heading(text: str) -> None:
    findings = Detector().detect(text)

    people = [name for name in ("Jane", "Omar Farouk", "Brandt Uwe") if name in text]
    for name in people:
        at = text.index(name)
        assert any(f.start <= at and f.end >= at + len(name) for f in findings)
