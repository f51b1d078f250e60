"""What looks private to a model of context but is not: programs, tongues, requests, standards.

What is here is a claim that a word alone names nobody, so words that people are also called
(Jenkins, Claude, Siri) stay out: hiding a program's name costs a click, sending a person's costs
the person.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_nobody", "is_nowhere", "is_program", "is_standard"]

_PROGRAMS: Final = frozenset(
    """
    airflow android ansible arduino asana bash bitbucket blazor bluetooth bootstrap
    celery chatgpt clickhouse cmake confluence copilot cortana cppcheck cuda cygwin
    cython dagster databricks datadog dbeaver debian deepseek django docker drupal dropbox eclipse
    elasticsearch electron eslint excel fastapi fedora ffmpeg figma firebase firefox flask flutter
    gitea github gitlab gnome golang gradle grafana graphql gunicorn hadoop hasura haskell heroku
    homebrew htmx intellij istio jira jupyter jquery kanban keras kibana kotlin kubectl
    kubernetes langchain laravel latex lightroom linux litellm logstash macbook magento mariadb
    markdown matlab maven memcached mercurial minio mongodb mongoose mypy mysql nagios neovim nextjs
    nginx nodejs notepad notion numpy nuget nuxt obsidian ollama openai opencv openshift
    outlook pandas perl phpunit playwright podman polars postgres postgresql postman powerpoint
    powershell prettier prisma prometheus pydantic pylint pytest pytorch qdrant rabbitmq raspbian
    redis redux rsync ruff salesforce scikit scipy selenium sentry sharepoint slack
    snowflake solidity splunk sqlalchemy sqlite streamlit supabase svelte swiftui symfony
    tailwind telegram tensorflow terraform textual tmux traefik trello typer typescript ubuntu
    unicorn uvicorn vagrant vercel vim visio vite vscode vuejs wayland webpack whatsapp windows
    wireshark woocommerce wordpress xcode xcodebuild yarn youtube zabbix zapier zendesk zsh
    """.split()
)
_TONGUES: Final = frozenset(
    """
    afrikaans albanian amharic arabic armenian basque bengali bosnian bulgarian burmese cantonese
    catalan croatian czech danish dutch english esperanto estonian farsi finnish french gaelic
    galician georgian german greek gujarati hausa hebrew hindi hungarian icelandic igbo indonesian
    irish italian japanese kannada kazakh khmer korean kurdish lao latin latvian lithuanian
    macedonian malay malayalam maltese mandarin maori marathi mongolian nepali norwegian pashto
    persian polish portuguese punjabi quechua romanian russian sanskrit serbian sinhala slovak
    slovene slovenian somali spanish swahili swedish tagalog tamil telugu thai tibetan turkish
    ukrainian urdu uyghur uzbek vietnamese welsh xhosa yiddish yoruba zulu
    """.split()
)
_REQUESTS: Final = frozenset(
    """
    again better bolder brighter briefer calmer clearer closer cooler crisper darker deeper denser
    easier faster fewer firmer friendlier funnier gentler happier heavier higher
    kinder larger later lighter longer louder lower milder narrower neater newer nicer older
    plainer politer punchier quicker quieter richer sadder safer shorter simpler slower
    smaller smoother snappier softer sooner sterner stricter stronger sweeter terser thicker
    thinner tighter warmer weaker wider
    brilliant excellent exactly fantastic great lovely marvellous perfect splendid superb thanks
    wonderful
    """.split()
)
_STANDARD = re.compile(
    r"(?:ISO|IEC|DIN|RFC|CVE|CWE|UTF|HTTPS?|SHA|API|PDF|TLS|SSL|USB|GPT)-?\d{1,5}(?:-\d{1,7})?"
)
_SURE: Final = 0.8


def is_nobody(word: str, score: float) -> bool:
    """Tell whether a word taken for a person is a program or a wish ("Shorter, please").

    A wish that the model is sure of, from `_SURE` on, may be somebody's surname after all.
    """
    word = word.lower()
    return word in _PROGRAMS or (word in _REQUESTS and score < _SURE)


def is_program(word: str) -> bool:
    """Tell whether a word is a program's name."""
    return word.lower() in _PROGRAMS


def is_standard(value: str) -> bool:
    """Tell whether a code names a standard, a format or a status ("ISO-9001", "HTTP500")."""
    return _STANDARD.fullmatch(value) is not None


def is_nowhere(word: str) -> bool:
    """Tell whether a word taken for a place is a program or a language."""
    return word.lower() in _PROGRAMS or word.lower() in _TONGUES
