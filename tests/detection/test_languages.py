"""Letters, forms and notes in many languages: their own words say what is private in them.

Every person is invented; numbers are of example ranges or published test numbers.
"""

from __future__ import annotations

import pytest

from maskwell.detection import Detector
from maskwell.detection.foreign_prose import is_foreign_word
from maskwell.detection.recognizers.form_words import FORM_WORDS, is_form_word
from maskwell.detection.recognizers.name_words import TITLES

RULES = [
    ("person_german_titles", "An Herr Dr. Quellmalz,\nja", "PERSON", "Herr Dr. Quellmalz"),
    ("person_czech", "Vážená paní Nováčková, píšu", "PERSON", "paní Nováčková"),
    ("person_italian", "per la Dott.ssa Malaspina oggi", "PERSON", "Dott.ssa Malaspina"),
    ("person_spanish", "mi hermana Azucena Larrañaga vive", "PERSON", "Azucena Larrañaga"),
    ("person_danish", "Kære Rosamunde Kjær, tak", "PERSON", "Rosamunde Kjær"),
    ("person_russian", "меня зовут Аркадий Белозёров и", "PERSON", "Аркадий Белозёров"),
    ("person_polish_close", "Z poważaniem,\nWacław Zieliński\n", "PERSON", "Wacław Zieliński"),
    ("person_ticket", "4A QUILL/OONA MRS window", "PERSON", "QUILL/OONA MRS"),
    ("person_passport", "passport copy: QUILL, OONA MAE", "PERSON", "QUILL, OONA MAE"),
    ("person_chinese", "麻烦转告林海燕老师,谢谢", "PERSON", "林海燕"),
    ("person_chinese_label", "姓名:司马长风 性别", "PERSON", "司马长风"),
    ("person_japanese", "長谷川さんに返事を書いて", "PERSON", "長谷川"),
    ("person_japanese_self", "私は小野寺結衣です。", "PERSON", "小野寺結衣"),
    ("person_korean", "한소희 과장님께 보내", "PERSON", "한소희"),
    ("place_french", "née le 3 mai 1970 à Vierzon, je", "PLACE", "Vierzon"),
    ("place_italian", "nata a Campobasso il 3", "PLACE", "Campobasso"),
    ("place_spanish", "ahora vivo en Ponferrada.", "PLACE", "Ponferrada"),
    ("place_russian", "я живу в городе Самара,", "PLACE", "Самара"),
    ("person_third", "Sein Sohn Ottokar hat morgen frei", "PERSON", "Ottokar"),
    ("person_kana", "木村さくらさんに渡す", "PERSON", "木村さくら"),
    ("person_chinese_kin", "我是郑可欣的母亲", "PERSON", "郑可欣"),
    ("person_chinese_child", "我是郑可欣的妈妈", "PERSON", "郑可欣"),
    ("person_chinese_wife", "妻子宋雅琴,今天", "PERSON", "宋雅琴"),
    ("person_korean_kin", "제 아내 윤가람이 왔어요", "PERSON", "윤가람"),
    ("person_finnish", "Moikka Tuulikki! Kiitos", "PERSON", "Tuulikki"),
    ("place_polish", "mieszkam we Włocławku przy", "PLACE", "Włocławku"),
    ("date_spanish", "el 4 de mayo de 1962, en", "DATE", "4 de mayo de 1962"),
    ("date_polish", "dnia 4 września 1971 r.", "DATE", "4 września 1971"),
    ("date_short_year", "DOB 04-May-71, seen", "DATE", "04-May-71"),
    ("phone_norwegian", "tlf. 55 55 01 20 takk", "PHONE", "55 55 01 20"),
    ("phone_portuguese", "Contacto: 912 555 020.", "PHONE", "912 555 020"),
    ("phone_chinese", "我的手机是13800138000谢谢", "PHONE", "13800138000"),
    ("phone_csv", "7,Oona,+44 20 7946 0123,Leeds", "PHONE", "+44 20 7946 0123"),
    ("phone_bracket", "her son (212-555-0123) came", "PHONE", "212-555-0123"),
    ("phone_number_is", "his number is 07700900123", "PHONE", "07700900123"),
    ("id_any_check", "NIF: 123 456 780 e", "ID", "123 456 780"),
    ("id_french_groups", "sécurité sociale 2 70 05 18 279,", "ID", "2 70 05 18 279"),
    ("id_badge", "the officer, shield 5521, left", "ID", "5521"),
    ("id_dotted", "RG 12.345.678-9 e", "ID", "12.345.678-9"),
    ("id_japanese", "会員番号 AB123456 です", "ID", "AB123456"),
    ("secret_german", "Das Passwort lautet Nebel!Wald7", "SECRET", "Nebel!Wald7"),
    ("secret_spanish", "La contraseña es girasol88", "SECRET", "girasol88"),
    ("secret_french", "le code du portail : 58B21", "SECRET", "58B21"),
    ("secret_chinese", "密码是qiu2031xy,", "SECRET", "qiu2031xy"),
    ("user_french", "mon identifiant est o.quill,", "USERNAME", "o.quill"),
    ("user_german", "Benutzername: oquill", "USERNAME", "oquill"),
    ("secret_russian", "пароль от почты osen2031!", "SECRET", "osen2031"),
    ("user_chinese", "微信 linhai_77,", "USERNAME", "linhai_77"),
    ("id_booking", "my booking OON88Q2 is", "ID", "OON88Q2"),
    ("address_town_first", "г. Тула, пр-т Мира 9, кв. 3", "ADDRESS", "г. Тула, пр-т Мира 9, кв. 3"),
    ("address_turkish", "Gül Mah. 9. Sok. No:8 D:4 tel", "ADDRESS", "Gül Mah. 9. Sok. No:8 D:4"),
    ("address_russian", "на ул. Садовая, д. 9, кв. 3, код", "ADDRESS", "ул. Садовая, д. 9, кв. 3"),
    ("address_hungarian", "9021 Győr, Arany utca 3.", "ADDRESS", "9021 Győr, Arany utca 3."),
    ("address_greek", "στην οδό Αθηνάς 9, Βόλος.", "ADDRESS", "οδό Αθηνάς 9, Βόλος"),
    ("address_grid", "en la Calle 45 # 12-34 hoy", "ADDRESS", "Calle 45 # 12-34"),
    ("address_dutch", "aan de Molenstraat 9, Zeist.", "ADDRESS", "Molenstraat 9, Zeist"),
    ("address_chinese", "住在杭州市西湖区文三路90号,", "ADDRESS", "杭州市西湖区文三路90号"),
    ("secret_finnish", "salasana on koivu77", "SECRET", "koivu77"),
    ("address_japanese", "住所は大阪府堺市北町2-3-4です", "ADDRESS", "大阪府堺市北町2-3-4"),
]  # fmt: skip
CLEAN = [
    "El usuario debe introducir su contraseña dos veces.",
    "De gebruikersnaam is verplicht en het wachtwoord is hoofdlettergevoelig.",
    "Le mot de passe doit contenir au moins douze caractères.",
    "Die Kundin bringt ihre Straße und Hausnummer mit, der Ort ist egal.",
    "请用三句话解释什么是递归。高级经理必须参加会议。",
    "学生さんと先生の会話、お客様の声、皆さんの意見。",
    "친구 이야기가 재미있다. 딸 이름은 뭐예요",
    "妈妈常说万事开头难,朋友方便的话可以来。",
    "우리 회원님과 고객님의 의견을 듣습니다.",
    "Dear Parents,\nDear Neighbours, the water is off.",
    "Объясните разницу между стеком и очередью.",
    "OS X 10 and et al. 2010 are not addresses; Calle is a word.",
]


@pytest.fixture(scope="module")
def rules() -> Detector:
    return Detector(names=False)


@pytest.mark.parametrize(
    ("text", "kind", "value"), [r[1:] for r in RULES], ids=[r[0] for r in RULES]
)
def test_the_words_of_a_language_tell(rules: Detector, text: str, kind: str, value: str) -> None:
    found = [(f.entity_type.value, text[f.start : f.end]) for f in rules.detect(text)]

    assert (kind, value) in found


@pytest.mark.parametrize("text", CLEAN)
def test_ordinary_prose_in_a_language_holds_nothing(rules: Detector, text: str) -> None:
    assert rules.detect(text) == []


@pytest.mark.parametrize(
    ("text", "value", "is_word"),
    [
        ("Les arbres du canal et de la place sont dans une ville.", "arbres", True),
        ("les amis de lucien sont dans la rue avec une dame", "lucien", False),
        ("The gate of the park is open for all.", "gate", False),
        (
            "Het is van jan de vries, met zijn naam, maar niet voor een ander.",
            "jan de vries",
            False,
        ),
    ],
)
def test_a_small_word_in_well_written_foreign_prose_is_no_name(
    text: str, value: str, *, is_word: bool
) -> None:
    start = text.index(value)

    assert is_foreign_word(text, start, start + len(value), 0.7) is is_word
    assert not is_foreign_word(text, start, start + len(value), 0.95)


def test_form_words_and_titles_are_in_small_letters() -> None:
    assert all(word == word.lower() for word in (*FORM_WORDS, *TITLES))


@pytest.mark.parametrize(
    ("text", "value", "is_word"),
    [
        ("Gracias, Oona.", "Gracias", True),
        ("nos vemos.\nHola!", "Hola", True),
        ("The nurse, Gracias, came.", "Gracias", False),
        ("Give this to Danke, please.", "Danke", False),
        ("I saw Merci at the shop.", "Merci", False),
        ("mon IBAN est", "IBAN", True),
        ("Ask Iban about it.", "Iban", False),
        ("Der PESEL fehlt", "PESEL", True),
        ("Salut Oona, merci", "Salut", True),
        ("Natel 079 555 01 20", "Natel", True),
        ("nom;ville\nQuill;Vierzon", "ville", True),
        ("I asked Ville whether he came.", "Ville", False),
    ],
)
def test_a_form_word_is_one_where_it_stands_as_one(text: str, value: str, *, is_word: bool) -> None:
    start = text.index(value)

    assert is_form_word(text, start, start + len(value)) is is_word


def test_given_names_are_no_form_words() -> None:
    assert not {"selam", "moin", "baci", "oi"} & FORM_WORDS
