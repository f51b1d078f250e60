"""Programs, formats and licences that a model takes for organisations, and firms' products.

"CMake", "the MIT License" and "Google Compute Engine" say nothing about anybody; "works at Google"
does. Invariant: the name of a firm that people work for is an organisation wherever it stands, and
after a word of employment, business or study every name is one.
"""

from __future__ import annotations

import re
from typing import Final

from maskwell.detection.things import is_program

__all__ = ["is_product"]

_TECHNICAL: Final = frozenset(
    """
    ansi ascii autoconf automake babel bsd bsdtar bzip2 clang cmake colorama cygwin cython
    dejavu dpkg ebcdic ecma ecs eks expat fontconfig fortran freetype gcc gcloud gcp gettext glib
    glibc gmp gnome gnu gnupg gpl grub gtk gtk+ gzip iana icu ieee ietf iso jetty jpeg json
    kde lapack lgpl libreoffice librsvg libxml llvm lzma mime minix mpeg mpl msvc mysqldump ncurses
    netbsd networkx nfs ntfs onnx openbsd opengl openjdk openoffice openssh openssl osx pcre pdf pep
    pil pillow png polkit posix posixlib pygments pyo3 pypi pyqt qt rbac readline rfc rust sed sgml
    solaris ssh ssl svg systemd tcp tls toml tpu ucs udev unicode unix usb utf uuid wget wsgi w3c
    x11 xcb xml xorg xslt yacc yaml zlib zstd
    """.split()
)
"""In small letters; no word here is a firm people are known to work for under that name alone."""
_EMPLOYERS: Final = frozenset(
    """
    arduino asana clickhouse databricks datadog dbeaver deepseek
    docker dropbox elasticsearch figma github gitlab grafana hasura heroku langchain
    magento mariadb minio mongodb mysql nginx notion obsidian ollama openai postman prisma qdrant
    redis salesforce sentry slack snowflake splunk streamlit supabase telegram
    trello unicorn vercel whatsapp wordpress youtube zabbix zapier zendesk
    """.split()
)
"""Programs whose makers are called the same: who worked for them says so without a cue, too."""
_FOUNDATIONS: Final = frozenset(
    {
        "free software foundation", "software foundation", "creative commons",
        "apache software foundation", "python software foundation", "open source initiative",
        "the apache software foundation", "the free software foundation",
    }
)  # fmt: skip
"""Who publishes licences."""
_LICENCE_AFTER = re.compile(
    r"[ -](?:(?:\d[\d.]*|style|Expat|Lesser|Library|Affero|(?P<open>Public|General))[ -]){0,3}"
    r"Licen[cs]es?\b",
    re.IGNORECASE,
)
_LICENCES = re.compile(
    r"(?i)\b(?:MIT|BSD|ISC|[AL]?GPL|GNU|Apache|Mozilla|MPL|Eclipse|EPL|Artistic|Academic Free|Boost"
    r"|Creative Commons|CC|CDDL|Expat|X11|zlib|libpng|OpenSSL|Python|PSF|PHP|Perl|Ruby|OFL|SIL"
    r"|Unicode|Unlicense|WTFPL|W3C|Zope|JSON|ODbL|Free|Open|Software|Berkeley|FreeBSD|NetBSD)\b"
)
"""What the names of licences are made of; a tradesman's has his own ("Doe Electric license")."""
_FIRMS: Final = frozenset("amazon apple google microsoft oracle ibm meta adobe mozilla".split())
_PRODUCT_AFTER = re.compile(
    r" {1,2}\(?(?:Cloud|Compute|App Engine|Kubernetes|Workspace|Analytics|Maps|Drive|Docs|Sheets"
    r"|Slides|Calendar|Chrome|Play|Translate|Search|Scholar|Fonts|Photos|Meet|Test|Closure|Web"
    r"|Windows|Office|Word|Excel|Outlook|Teams|Azure|Edge|Access|Visual|SQL|Compound|Exchange"
    r"|SharePoint|PowerPoint|Internet|Glacier|EKS|ECS|EC2|S3|RDS|DynamoDB|Redshift|Linux|Bedrock"
    r"|Simple|Elastic|CloudWatch|Silicon|Pay|Music|Database|Solaris|Java|Photoshop|Acrobat"
    r"|Reader|Firefox|Thunderbird|[A-Z][a-z]+[A-Z]\w*)\b"
)
_BUSINESS_BEFORE = re.compile(
    r"(?i)\b(?:work(?:s|ed|ing)? (?:at|for|with)|job|career|intern(?:s|ed|ship)?|employed|hired"
    r"|joined|left|quit|fired|sacked|laid off|resigned|moved|transferred|salary|severance|pension"
    r"|shares|boss|lawsuit|colleagues?|co-?workers?|arbeite[tn]?|gearbeitet|gekündigt|Chefin|Chef"
    r"|travaille[rs]?|employée?|trabaj[ao]|lavor[ao]|werkt"
    r"|stud(?:y|ies|ied|ying)|graduated|engineer|developer|manager|director|recruiter|sued|suing"
    r"|invoice|client|customer|employer|offer|interview(?:s|ed)?|degree|lecturer|professor)\b"
    r"[^.!?\n]{0,24}\Z"
    r"|\b(?:at|from|bei|beim|chez|against|bij|gegen|contre|contra)[ \t]+(?:the[ \t]+)?\Z"
)
_BEFORE_CHARS: Final = 48


def is_product(text: str, start: int, end: int) -> bool:
    """Tell whether what reads as an organisation is a program, a licence or a firm's product.

    Args:
        text: the whole text.
        start: first character of the name.
        end: one past its last character.
    """
    word = text[start:end].lower()
    is_thing = (
        word in _TECHNICAL
        or (text[start:end].islower() and word.split()[0] in _TECHNICAL)
        or word in _FOUNDATIONS
        or (is_program(word) and word not in _EMPLOYERS)
        or _is_licence(text, start, end)
        or (word in _FIRMS and _PRODUCT_AFTER.match(text, end) is not None)
    )
    if not is_thing:
        return False
    return not _BUSINESS_BEFORE.search(text, max(0, start - _BEFORE_CHARS), start)


def _is_licence(text: str, start: int, end: int) -> bool:
    """Tell whether a licence of programs is named: a public one, or one known by its name."""
    after = _LICENCE_AFTER.match(text, end)
    return after is not None and (
        after["open"] is not None or _LICENCES.search(text, start, end) is not None
    )
