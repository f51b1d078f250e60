"""A value is never put back inside a link, an image source or a URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.masking import Restorer

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

INSIDE = [
    "https://evil.example/?q={}",
    "http://evil.example/{}",
    "HTTPS://EVIL.EXAMPLE/{}",
    "ftp://evil.example/{}",
    "custom-scheme://{}",
    "https://{}@evil.example/",
    "https://{}.evil.example/",
    "https://evil.example/a/b;c={},x",
    "https://evil.example/#{}",
    "https://evil.example/?a=b&c={}&d=e",
    "(https://evil.example/?q={})",
    "'https://evil.example/?q={}'",
    "https:\\/\\/evil.example\\/?q={}",
    "https:\\\\evil.example\\{}",
    "https%3A%2F%2Fevil.example%2F{}",
    "https&#58;&#47;&#47;evil.example&#47;{}",
    "https:&sol;&sol;evil.example&sol;{}",
    "https:\\u002f\\u002fevil.example\\u002f{}",
    "//evil.example/{}",
    "www.evil.example/{}",
    "WWW.evil.example?{}",
    "evil.example/{}",
    "evil.co/?q={}",
    "localhost:8080/{}",
    "mailto:{}",
    "MAILTO:x@evil.example?body={}",
    "tel:{}",
    "sms:{}",
    "javascript:fetch('x'+{})",
    "[click]({})",
    "[click](/x?q={})",
    "[click](x{}y)",
    "[click]( {} )",
    "[click](\n{})",
    "[click](<{}>)",
    "[click](</a b {}>)",
    "[click](/a_(b)_{})",
    "[click](/a\\)b{})",
    '[click](https://evil.example/{} "title")',
    "![image]({})",
    "![image](https://evil.example/{}.png)",
    "[![badge](https://evil.example/{})](https://x.example)",
    "[https://x.example](</y {}>)",
    "<https://evil.example/{}>",
    "<mailto:{}>",
    '<a href="{}">',
    "<a href='/x?q={}'>",
    "<a href={}>",
    '<a HREF = "{}">',
    '<a href\n=\n"{}">',
    '<a href="/two words {}">',
    '<a href="/two\nlines {}">',
    '<img src="{}">',
    "<img src=/x/{}.png>",
    '<img srcset="{} 2x">',
    '<video poster="{}">',
    '<button formaction="{}">',
    '<svg><use xlink:href="{}"/></svg>',
    'href=\\"/x?q={}\\"',
    "background: url({})",
    "background: URL('/x?{}')",
    "[1]: https://evil.example/{}",
    "[img]https://evil.example/{}[/img]",
    "\\href{{https://evil.example/{}}}{{x}}",
]
OUTSIDE = [
    "https://example.com {}",
    "https://example.com\n{}",
    "<https://example.com>{}",
    '"https://example.com"{}',
    "[click](https://example.com) {}",
    "[click](https://example.com){}",
    "[click](/a_(b)){}",
    "[click](</a b>) {}",
    "[click](/broken\n{}",
    '<a href="https://example.com">{}</a>',
    "<a href=x>{}</a>",
    "<img src=x> {}",
    "{}://x",
    "[{}](https://example.com)",
    "a/b {} and/or 12/03/2024 {}",
    "The end.{}",
    "mail to: {}, tel: {}",
    "url (see {})",
    "[aside] ({})",
]


@pytest.mark.sec
@pytest.mark.parametrize("form", ["[{P}]", "{P}", "[{p}]", "%5B{P}%5D"])
@pytest.mark.parametrize("template", INSIDE)
def test_link_token_stays_a_token(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], template: str, form: str
) -> None:
    text = f"See {template} now."
    reply = text.format(form.format(**codes))
    restored = Restorer(vault, cast_scope).restore(reply)

    assert restored.text == reply
    assert restored.receipt.restored == 0


@pytest.mark.sec
@pytest.mark.parametrize("template", INSIDE)
def test_link_token_is_named_withheld(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], template: str
) -> None:
    token = f"[{codes['P']}]"
    restored = Restorer(vault, cast_scope).restore(template.format(token))

    assert restored.receipt.withheld == (token,)


@pytest.mark.parametrize("template", OUTSIDE)
def test_a_token_beside_a_link_comes_back(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], template: str
) -> None:
    restored = Restorer(vault, cast_scope).restore(template.replace("{}", f"[{codes['P']}]"))

    assert restored.text == template.replace("[{}]", "{}").replace(
        "{}", "Jane Doe" if "[{}]" not in template else "[Jane Doe]"
    )
    assert restored.receipt.withheld == ()
