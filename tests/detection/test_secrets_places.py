"""Secrets that only their place tells: beside a name, in a call, on a command line, in a column."""

from __future__ import annotations

import pytest

from maskwell.detection.recognizers.secrets import find_secrets

_HEX32 = "9f86d081884c7d659a2feaa0c55ad015"
_MIXED = "q7Zk2Lw9Xv4Tb8Rn1Ym6"
_APACHE_HASH = "$apr1$Vb31kQ7x$0uWm2Zt8LrY5cNq1sEoHg/"
_ROUTER_HASH = "$1$aB3x$kQ9mWv2Lr8TzYc1NsHu0E."
_LETTERS_ONLY = "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"

# id, text, the secrets in it
FOUND = [
    ("name and value", "- name: SMTP_PASSWORD\n  value: gr4nite-Hill\n", ["gr4nite-Hill"]),
    ("key and value", '{"key": "passwd", "value": "t1n-Kettle"}', ["t1n-Kettle"]),
    (
        "a type between",
        '{"name": "db_password", "type": "secret", "value": "t1n-Kettle"}',
        ["t1n-Kettle"],
    ),
    ("default", f'variable "api_token" {{\n  default = "{_HEX32}"\n}}', [_HEX32]),
    ("property", '<property name="ldap.password">mo55-green</property>', ["mo55-green"]),
    ("attribute", '<add key="DbPassword" value="mo55-green" />', ["mo55-green"]),
    ("property list", f"<key>ClientSecret</key>\n\t<string>{_MIXED}</string>", [_MIXED]),
    ("inner", "<AdminPassword>\n  <Value>mo55-green</Value>", ["mo55-green"]),
    ("space", "  storePassword 'p1ne-cone'\n", ["p1ne-cone"]),
    ("directive", "bindpw p1necone7\nbase dc=example\n", ["p1necone7"]),
    ("define", '#define MQTT_PASS "p1necone7"', ["p1necone7"]),
    ("container", "ENV ROOT_PASSWORD p1necone7\n", ["p1necone7"]),
    ("login line", "machine a.example login kim password p1necone7", ["p1necone7"]),
    ("router", f"enable secret 5 {_ROUTER_HASH}", [_ROUTER_HASH]),
    ("one dash", "tool -storepass p1necone7 -alias x", ["p1necone7"]),
    ("typed in", "page.locator('#password').fill('p1ne-Cone')", ["p1ne-Cone"]),
    ("selector", "await type('input[name=\"pwd\"]', 'p1ne-Cone')", ["p1ne-Cone"]),
    ("fallback", "const s = process.env.APP_SECRET || 'p1ne-cone-77'", ["p1ne-cone-77"]),
    ("default of a variable", '@Value("${mail.password:p1necone7}")', ["p1necone7"]),
    ("reference type", f'static API_KEY: &str = "{_HEX32}";', [_HEX32]),
    ("visual", 'Const sPwd As String = "p1necone7"', ["p1necone7"]),
    ("array of characters", 'char wifi_pass[] = "p1necone7";', ["p1necone7"]),
    ("pairs in a row", "auth user=kim password=p1necone7 ip=192.0.2.1", ["p1necone7"]),
    ("connection", '"Data Source=.;User Id=web;Password=p1neCone;Pooling=true"', ["p1neCone"]),
    ("scheme", f'{{"Authorization": "token {_HEX32}"}}', [_HEX32]),
    ("a dutch label", "wachtwoord = p1necone7", ["p1necone7"]),
    ("basic", 'req.SetBasicAuth("kim", "marmalade")', ["marmalade"]),
    ("pair of a request", "get(url, auth=('kim', 'marm4lade'))", ["marm4lade"]),
    ("database", 'mysqli_connect("db", "root", "marmalade", "shop")', ["marmalade"]),
    ("driver", 'DriverManager.getConnection(url, "root", "marm4lade")', ["marm4lade"]),
    ("mail", 'smtp.login("kim@example.com", "marm4lade")', ["marm4lade"]),
    ("signing", "jwt.sign({ id }, 'marm4lade-jar', { expiresIn: '1h' })", ["marm4lade-jar"]),
    ("characters", 'store.load(in, "marm4lade".toCharArray());', ["marm4lade"]),
    ("curl", "curl -sk -u kim:marm4lade https://a.example", ["marm4lade"]),
    ("curl quoted", 'curl --user "kim:marm4lade" https://a.example', ["marm4lade"]),
    ("registry", "docker login -u kim -p marm4lade r.example", ["marm4lade"]),
    ("cache", "redis-cli -h c -a marm4lade ping", ["marm4lade"]),
    ("directory", "ldapsearch -x -D cn=a -w marm4lade -b dc=b", ["marm4lade"]),
    ("share", r"net use Z: \\fs\s /user:CORP\kim marm4lade", ["marm4lade"]),
    ("samba", "smbclient //fs/s -U 'kim%marm4lade'", ["marm4lade"]),
    ("piped", "echo 'root:marm4lade' | chpasswd", ["marm4lade"]),
    ("sudo", 'echo "marm4lade" | sudo -S reboot', ["marm4lade"]),
    ("shell", 'ConvertTo-SecureString "marm4lade" -AsPlainText', ["marm4lade"]),
    ("carried over", "curl \\\n  -u kim:marm4lade \\\n  https://a.example", ["marm4lade"]),
    ("insert", "INSERT INTO u (n, pwd) VALUES (1, 'x1-yz'), (2, 'x2-yz');", ["x1-yz", "x2-yz"]),
    ("bare grant", "CREATE USER kim IDENTIFIED BY marm4lade;", ["marm4lade"]),
    ("columns", "host;user;password\na;kim;marmalade\nb;lee;qu1nce\n", ["marmalade", "qu1nce"]),
    ("markdown", "| Name | Password |\n|---|---|\n| a | qu1nce |\n", ["qu1nce"]),
    ("password file", "db.example:5432:shop:kim:qu1nce", ["qu1nce"]),
    ("login file", f"kim:{_APACHE_HASH}", [_APACHE_HASH]),
    ("token in an address", f"git clone https://{_HEX32}@git.example/a.git", [_HEX32]),
    ("driver address", 'open("kim:qu1nceJam@tcp(127.0.0.1:3306)/x")', ["qu1nceJam"]),
    ("thin driver", "jdbc:oracle:thin:kim/qu1nceJam@//db:1521/X", ["qu1nceJam"]),
    ("letters only", _LETTERS_ONLY, [_LETTERS_ONLY]),
    ("right after", "log in as root with password Qu1nce-Jam", ["Qu1nce-Jam"]),
    ("user and password", "the login is root / Qu1nceJam, ok?", ["Qu1nceJam"]),
    ("french", "Le mot de passe du routeur est Coing2031", ["Coing2031"]),
]  # fmt: skip

SILENT = [
    ("name from elsewhere", "- name: SMTP_PASSWORD\n  valueFrom:\n    secretKeyRef: x\n"),
    ("pair of a label", '{"key": "password", "value": "Passwort"}'),
    ("pair of names", '{"name": "password", "value": "password_field"}'),
    ("no default", 'variable "api_token" {\n  type = string\n}\nx { default = "a-b-c-1" }'),
    ("translated string", '<string name="password">Contraseña</string>'),
    ("title", '<string name="prompt_password">Password (optional)</string>'),
    ("no element", '<input name="password" type="password" />'),
    ("named group", r'(?P<password>[^"]+)@(?P<host>x1y2)<'),
    ("login stack", "password requisite pam_pwquality.so retry=3"),
    ("name service", "passwd: files systemd"),
    ("column type", "  password varchar2(64)\n  secret utf8mb4\n  passwd int64\n"),
    ("prose line", "Passwords matter.\nPassword policies apply from 2031 on.\n"),
    ("macro", "#define foo_set_key foo_aes128_set_key"),
    ("flag bits", "#define INPUT_DEFAULT_PWD 0x02"),
    ("numbered pass", "the analyzer makes pass 2 functionality."),
    ("render pass", 'render_pass = RenderPass("opaque7x")'),
    ("list of words", '["pass", "raise-2x", "return"]'),
    ("list of methods", '# "reject", "md5", "password", "scram-sha-256", "peer"'),
    ("report", 'report.line("PASS", "email")'),
    ("outcome", 'out = ok ? "PASS" : "FAIL"'),
    ("encoding", 'password = password.encode("latin1")'),
    ("read by name", "secret = config.get('app-secret-2')"),
    ("message of a field", "errors.password = 'mismatch'"),
    ("colour", "Token: '#abb2bf',"),
    ("escape", r'if token == "\u0120":'),
    ("type", "password: SecretStr\ntoken: _PasswordType | None = None\n"),
    ("passed on", "client(\n    api_key=_sdk.api_key,\n    password: readPassword,\n)"),
    ("old value", "DISABLE_PASS = original_value"),
    ("filtered", "connection.password=@db.password@"),
    ("format", 'password = fmt.Sprintf("%s-%d", a, b)'),
    ("padding", "read.password('     Again:   ')"),
    ("path of names", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf"),
    ("verify key", f"verify_key: {_HEX32}"),
    ("public token", '<id publicKeyToken="1fc8b3b9a1e18e3b"/>'),
    ("documentation key", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE"),
    ("key head", '<match value="-----BEGIN RSA PRIVATE KEY-----" offset="0"/>'),
    ("variable in curl", 'curl -u "$USER:$PASS" https://a.example'),
    ("words in curl", "curl -u username:password https://a.example"),
    ("other flags", "curl -o a:b1c2d3 https://a.example; tar -u a:b"),
    ("asked for", "docker login -u kim --password-stdin"),
    ("shell variable", "redis-cli -a $REDIS_PASS ping"),
    ("prompted", "ldapsearch -x -W -b dc=b2c3"),
    ("default community", "snmp-server community public RO"),
    ("chat", "I ran curl and docker login, then mongodump. All fine on 2 hosts."),
    ("computed", "req.SetBasicAuth(user, pass)"),
    ("provider", "signIn('credentials', 'google')"),
    ("page", 'login("kim", "/dashboard/v2")'),
    ("callback", "jwt.verify(token, getKey, { algorithms: ['RS256'] })"),
    ("alphabet", 'char[] hex = "0123456789abcdef".toCharArray();'),
    ("parameters", "INSERT INTO u (name, pwd) VALUES (?, ?)"),
    ("other columns", "INSERT INTO u (name, city) VALUES ('a1b2', 'c3d4')"),
    ("options", "| Option | Password |\n|---|---|\n| length | required |\n"),
    ("empty columns", "user;password\nkim;\nlee;<none>\n"),
    ("ports", "0.0.0.0:5432:5432\ndb:3306:3306\n"),
    ("account file", "nobody:*:65534:65534::/nonexistent:/bin/false"),
    ("user in an address", "ssh://git-deployment-robot@git.example/a.git"),
    ("call without a password", 'connect("kim@tcp(127.0.0.1:3306)/x")'),
    ("identifier", "hf_someVeryLongCamelCaseNameForAFunction"),
    ("after the word", "the password SHA256-hashed twice; password reset-link2"),
    ("a path after login", "login page / Version2 of it; credentials: see docs/Auth2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in FOUND], ids=[r[0] for r in FOUND])
def test_a_place_tells_a_secret(text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in find_secrets(text)] == expected


@pytest.mark.parametrize("text", [r[1] for r in SILENT], ids=[r[0] for r in SILENT])
def test_what_stands_in_a_place_like_it_is_left_alone(text: str) -> None:
    assert find_secrets(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "curl -u " * 20_000,
        "user;password\n" * 10_000,
        "insert into a (password) values ('" * 5_000,
        "insert into a (password) values " + "('x')," * 20_000,
        "login(" * 20_000,
        'login("' * 20_000,
        "name=password " * 10_000,
        '"name": "password",\n' * 10_000,
        'variable "token" { ' * 10_000,
        "@tcp(a:" * 20_000,
        "<key>password</key>\n" * 10_000,
        "login password " * 10_000,
        ":5432:" * 20_000,
        "echo x | sudo -S " * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_places_are_read_to_their_end(text: str) -> None:
    for match in find_secrets(text):
        assert 0 <= match.start < match.end <= len(text)
