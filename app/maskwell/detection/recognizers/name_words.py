"""The words that stand before a person's name, and ordinary words that are none."""

from __future__ import annotations

from typing import Final

__all__ = [
    "GREETINGS",
    "INTRODUCTIONS",
    "LABELS",
    "NOT_NAMES",
    "ONLY_CAPITAL",
    "SAID_OF_A_NAME",
    "SIGNATURES",
    "TITLES",
]

GREETINGS: Final = (
    "dear", "hi", "hello", "hey", "good morning", "good afternoon", "good evening", "hallo",
    "bonjour", "hola", "liebe", "lieber", "chère", "cher", "estimado", "estimada", "ciao",
    "greetings", "beste", "caro", "cara", "querida", "querido", "moin", "thanks", "thank you",
    "hej", "hei", "kjære", "kære", "käre", "kära", "hyvä", "sayın", "sevgili", "merhaba", "drogi",
    "droga", "cześć", "szanowna pani", "szanowny panie", "gentile", "egregio", "egregia", "salut",
    "olá", "oi", "prezado", "prezada", "caríssimo", "sehr geehrte", "sehr geehrter", "geachte",
    "hoi", "dag", "ahoj", "vážený pane", "vážená paní", "уважаемый", "уважаемая", "дорогой",
    "дорогая", "привет", "здравствуйте", "шановний", "шановна", "kedves", "tisztelt", "dragă",
    "stimate", "stimată", "αγαπητέ", "αγαπητή", "κύριε", "κυρία",
    "selam", "moikka",
    "moi", "terve", "heippa", "hallå", "tjena", "dzień dobry", "bom dia", "boa tarde",
    "buenos días", "buenas tardes", "buongiorno", "buonasera", "guten tag", "guten morgen",
    "goedemorgen", "goedemiddag", "god dag", "chào chị", "chào anh", "chào em",
)  # fmt: skip
TITLES: Final = (
    "mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "sir", "herr", "frau", "mme",
    "mlle", "madame", "monsieur", "sr", "sra", "señor", "señora", "signor", "signora", "rev",
    "hon", "judge", "captain", "sgt", "lt", "officer", "nurse", "doctor", "detective", "dame",
    "dra", "doña", "dña", "d.a", "ofc", "srta", "señorita", "dott", "dott.ssa",
    "dottor", "dottoressa", "sig", "sig.ra",
    "avv", "maître", "mademoiselle", "mevrouw", "meneer", "dhr", "mevr", "de heer", "fru", "senhor",
    "senhora", "dona", "pani", "panie", "pana", "smt", "shri", "dipl.-ing", "sayın", "господин",
    "госпожа", "г-н", "г-жа", "paní", "domnul", "doamna", "κύριε", "κύριος", "κυρία", "l'avvocato",
    "avvocato", "maestro", "mgr",
)  # fmt: skip
INTRODUCTIONS: Final = (
    "my name is", "my name's", "name is", "i am called", "call me", "i'm", "i am", "this is",
    "ich bin", "ich heiße", "je m'appelle", "me llamo", "mi chiamo", "speaking with",
    "goes by", "going by", "went by", "née", "nee",
    "signed by", "written by", "attn", "c/o", "regards to", "spoke to", "spoke with", "met with",
    "my husband", "my wife", "my son", "my daughter", "my brother", "my sister", "my mother",
    "my father", "my boss", "my colleague", "my friend", "my manager", "my neighbor",
    "my neighbour", "my partner", "my client", "my patient", "my landlord", "on behalf of",
    "cardholder", "payable to", "my mom", "my mum", "my dad", "my aunt", "my uncle", "my cousin",
    "mein name ist", "mein mann", "meine frau", "mein sohn", "meine tochter", "mein bruder",
    "meine schwester", "meine mutter", "mein vater", "mein nachbar", "meine nachbarin",
    "meinem nachbarn", "mein kollege", "meine kollegin", "mein chef", "meine chefin", "gez",
    "unterzeichnet", "unterschrieben von", "mon mari", "ma femme", "mon fils", "ma fille",
    "mon frère", "ma sœur", "ma soeur", "ma mère", "mon père", "mon voisin", "ma voisine",
    "mon collègue", "ma collègue", "signé", "je soussigné", "je soussignée", "mi marido",
    "mi esposo", "mi esposa", "mi mujer", "mi hijo", "mi hija", "mi hermano", "mi hermana",
    "mi madre", "mi padre", "mi jefe", "mi jefa", "mi vecino", "mi vecina", "mi nombre es",
    "firmado", "en nombre de", "mio marito", "mia moglie", "mio figlio", "mia figlia",
    "mio fratello", "mia sorella", "mia madre", "mio padre", "firmato", "il sottoscritto",
    "la sottoscritta", "il mio nome è", "mijn naam is", "ik heet", "ik ben", "mijn man",
    "mijn vrouw", "mijn zoon", "mijn dochter", "mijn buurman", "mijn buurvrouw", "ondergetekende",
    "getekend", "meu nome é", "chamo-me", "me chamo", "meu marido", "minha esposa", "minha mulher",
    "meu filho", "minha filha", "minha mãe", "meu pai", "nazywam się", "mam na imię", "mój mąż",
    "moja żona", "mój syn", "moja córka", "jag heter", "jeg heter", "jeg hedder", "min man",
    "min fru", "min mann", "min kone", "min son", "min dotter", "nimeni on", "benim adım",
    "adım", "eşim", "меня зовут", "моя жена", "мой муж", "мой сын", "моя дочь",
    "это", "sein sohn", "seine frau", "seine tochter", "ihr mann", "ihr sohn", "ihre tochter",
    "unser sohn", "unsere tochter", "su hijo", "su hija", "su marido", "su mujer", "su esposa",
    "su esposo", "nuestra hija", "nuestro hijo", "son fils", "sa fille", "son mari", "sa femme",
    "notre fils", "notre fille", "suo figlio", "sua figlia", "suo marito", "sua moglie",
    "zijn zoon", "zijn vrouw", "haar man", "haar zoon", "onze zoon", "onze dochter", "jego żona",
    "jej mąż", "nasz syn", "seu filho", "sua filha", "seu marido", "sua esposa",
)  # fmt: skip
LABELS: Final = (
    "name", "full name", "fullname", "first name", "firstname", "last name", "lastname",
    "surname", "given name", "family name", "maiden name", "patient", "patient name", "client",
    "client name", "customer", "customer name", "employee", "employee name", "contact",
    "contact name", "contact person", "attendee", "applicant", "tenant", "landlord", "guardian",
    "spouse", "insured", "claimant", "plaintiff", "defendant", "witness", "from", "to", "cc",
    "bcc", "reviewer", "signed", "supervisor", "physician", "doctor", "nurse", "teacher",
    "student", "candidate", "buyer", "seller", "beneficiary", "sender", "recipient", "cardholder",
    "account holder", "next of kin", "emergency contact", "nom", "prénom", "vorname",
    "nachname", "nombre", "apellido", "apellidos", "cognome", "nome", "mother", "father",
    "employer contact", "mitarbeiter", "ansprechpartner", "kunde", "user name", "médico",
    "paciente", "cliente", "nombre y apellidos", "titular", "destinatario", "remitente", "naam",
    "voornaam", "achternaam", "imię", "nazwisko", "imię i nazwisko", "navn", "namn", "förnamn",
    "efternamn", "fornavn", "etternavn", "efternavn", "nimi", "sukunimi", "etunimi", "adı soyadı",
    "ad soyad", "soyadı", "nome completo", "sobrenome", "apelido", "patiënt", "kontakt", "contacto",
    "contatto", "contato", "nom complet", "nom de famille", "bénéficiaire", "titulaire", "arzt",
    "hausarzt", "ärztin", "vermieter", "mieter", "absender", "empfänger", "kontoinhaber",
    "kontoinhaberin", "begünstigter", "intestatario", "beneficiario", "paziente", "medico",
    "jméno", "příjmení", "фио", "имя", "фамилия", "отчество", "пациент", "клиент", "given names",
)  # fmt: skip
SIGNATURES: Final = (
    "regards", "kind regards", "best regards", "warm regards", "many regards", "best",
    "rgds", "kind rgds", "best rgds", "brgds",
    "best wishes", "sincerely", "yours sincerely", "yours faithfully", "yours truly", "cheers",
    "thanks", "thank you", "many thanks", "cordially", "respectfully", "love", "warmly",
    "mit freundlichen grüßen", "viele grüße", "beste grüße", "cordialement", "saludos",
    "atentamente", "cordiali saluti", "all the best", "take care", "xoxo", "thx",
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "groetjes",
    "hartelijke groet", "mit freundlichem gruß", "freundliche grüße", "herzliche grüße",
    "liebe grüße", "hochachtungsvoll", "mfg", "bien cordialement", "bien à vous",
    "sincères salutations", "un saludo", "saludos cordiales", "un abrazo", "muy atentamente",
    "distinti saluti", "un caro saluto", "com os melhores cumprimentos", "cumprimentos",
    "atenciosamente", "abraços", "um abraço", "z poważaniem", "pozdrawiam", "serdecznie pozdrawiam",
    "hälsningar", "vänliga hälsningar", "med vänliga hälsningar", "mvh", "vennlig hilsen",
    "med vennlig hilsen", "venlig hilsen", "med venlig hilsen", "terveisin",
    "ystävällisin terveisin",
    "saygılarımla", "sevgiler", "s pozdravem", "üdvözlettel", "cu stimă", "с уважением",
    "з повагою", "с наилучшими пожеланиями",
)  # fmt: skip
ONLY_CAPITAL: Final = frozenset(
    """mr mrs ms mx miss dr prof sir sr rev hon judge captain sgt lt officer nurse doctor detective
    dame sig don dona pana mgr maestro""".split()
)
"""Titles that are ordinary words, or parts of them, in small letters."""
NOT_NAMES: Final = frozenset(
    """the a an all team everyone everybody sir madam customer support customers colleagues folks
    there world god santa friend friends hiring manager admin administrator user users none null
    true false n/a na unknown tbd yes no is not he she it we they you i in on at for from to and
    or but sorry happy glad writing here just so very sure looking trying going using new unable
    also still currently able about afraid pleased thanks thank please today tomorrow monday
    tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december string str int float bool varchar text required
    optional self this that what when where which who how why if then else return build run test
    tests install deploy checkout setup set upload download release publish lint check create
    update delete get post put error warning info debug my your our their his her its with as by
    of be been was were are am do does did can could would should must might shall let
    one two three first second next last good great best more most other some any each every
    company department service services group office bank hospital university school college inc
    llc ltd gmbh corporation python java linux windows google microsoft github docker english
    german french spanish american british parents neighbours neighbors students residents members
    guests owners tenants editor reader readers diary sirs recruiter committee counsel
    i'm i've i'll i'd it's that's there's he's she's we're you're they're
    email e-mail telefon telefono teléfono telephone tel phone mobile fax fällt hat ist wird war
    und est et está auch sehr nicht
    leider gerade schon student studentin lehrer lehrerin kunde kundin
    mieter
    mieterin mutter vater damen herren""".split()
)
"""Words that end a name when they stand in its place."""
SAID_OF_A_NAME: Final = frozenset(
    """
    above added announced attached below blank called changed common confusing correct cut different
    difficult displayed easy entered forgotten given hard hidden important included incorrect
    listed long longer mentioned mine misprinted misspelled misspelt missing mistaken mixed
    mispronounced needed nowhere old omitted only out part printed private pronounced public quite
    rare read really recorded removed repeated rejected same secret short shown signed similar
    something spelled spelt stated taken too typed unusual up used visible well written wrong
    """.split()
)
"""What a name may be, in small letters, in "my name is …" when it is not told."""
