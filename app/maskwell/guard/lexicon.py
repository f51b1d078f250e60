"""Words that matter when somebody gives a machine orders, grouped by the part they play.

A word outside these groups and outside the function words is known by its shape alone, so
that what is learnt about "write a poem about X" holds for every X. Invariant: a word has one
group.
"""

from __future__ import annotations

from typing import Final

__all__ = ["FUNCTION_WORDS", "GROUPS", "WORD_GROUP"]

GROUPS: Final[dict[str, str]] = {
    "OUTPUT": """answer answers reply replies response responses output outputs completion
        completions summary summaries""",
    "SOLUTION": "solution solutions implementation codebase algorithm elucidation explanation",
    "CODE": """code snippet snippets excerpt block blocks script program programs function
        functions section segment fragment lines module""",
    "UNIT": """word words letter letters sentence sentences vowel vowels consonant consonants
        character characters paragraph paragraphs syllable syllables punctuation spaces noun
        nouns verb verbs adjective adjectives digits alphabet capitals uppercase lowercase""",
    "INSERT": """add include insert integrate incorporate embed append attach weave blend merge
        slip place put fold mention inject introduce interject sprinkle fuse meld bring apply
        employ adopt paste""",
    "MODIFY": """modify alter adapt adjust change extend augment enhance enrich amend expand
        complement revise tailor shape improve optimise optimize strengthen fortify support
        season decorate supplement""",
    "WRITE": """write compose draft create generate produce develop craft prepare pen design
        make build invent formulate construct""",
    "TELL": """explain describe tell show give provide list name define summarise summarize
        outline compare discuss illustrate clarify elaborate recommend suggest teach quiz
        demonstrate detail contrast propose offer present share recite sing narrate""",
    "SOLVE": """calculate solve compute analyse analyze evaluate predict estimate determine
        classify identify assess forecast debug fix proofread paraphrase rewrite rephrase correct
        research investigate examine rate detect convert interpret""",
    "TRANSFORM": """replace substitute swap encode encrypt encipher decode reverse scramble
        shuffle jumble rearrange misspell capitalise capitalize remove delete strip omit group
        separate join repeat translate render spell flip mirror mix double split combine drop
        transform obfuscate transliterate shift rotate""",
    "OVERRIDE": "ignore disregard forget override bypass skip discard abandon neglect",
    "PRIOR": "previous prior earlier preceding foregoing original initial existing",
    "INSTRUCTION": """instruction instructions prompt prompts rule rules directive directives
        guideline guidelines constraint constraints command commands directions orders""",
    "MODEL": """assistant assistants ai chatbot bot llm llms model models gpt chatgpt claude
        gemini copilot agent""",
    "SEND": """send forward email mail post upload submit transmit exfiltrate deliver execute
        run fetch visit open browse click download call redirect leak""",
    "ARRANGE": """schedule book order remind plan organise organize set track automate reserve
        arrange play turn find search look""",
    "SECRET": """password passwords passphrase credentials secret secrets key keys token tokens
        confidential configuration""",
    "HIDE": "secretly silently quietly covertly hidden reveal disclose verbatim",
    "CONVINCE": """promote advertise persuade convince encourage urge praise endorse highlight
        emphasise emphasize stress claim state hint tease pretend imply invite inform advise
        direct warn appeal spread""",
    "USER": "user users reader readers audience viewers customers humanity",
    "CREATIVE": """poem poems story stories essay essays speech article song haiku joke jokes
        limerick blog dialogue slogan screenplay sonnet riddle tale monologue tweet review
        eulogy toast novel biography headline itinerary recipe""",
    "STYLE": "style tone emojis emoji smileys rhyme cipher morse base64 rot13 hexadecimal binary",
    "LANGUAGE": """french spanish german italian portuguese japanese korean russian arabic hindi
        dutch swedish polish turkish mandarin latin greek swahili chinese english ukrainian
        danish norwegian finnish czech hungarian hebrew thai vietnamese""",
    "PROGRAMMING": """python javascript java rust sql php typescript kotlin swift haskell bash
        ruby html css mysql postgresql perl scala matlab""",
    "FOLLOWING": "following subsequent below ensuing",
    "TOPIC": """theory concept process principle principles cause causes history effect
        effects impact importance significance benefits advantages differences difference
        capital population equivalent translation meaning definition formula steps facts
        examples example overview introduction conclusion theme themes plot symptoms sentiment
        trends""",
    "ROLEPLAY": "act roleplay imagine behave role persona mode",
    "MUST": "must should shall need ensure sure remember always never consider",
}
"""Part → its words, in lower case."""

FUNCTION_WORDS: Final = frozenset(
    """a an the of to in on at for from with without by as into about between and or but not no
    nor so if then than that this these those it its is are was were be been being am do does did
    don't have has had can could would will may might i me my mine you your yours we us our he
    him his she her they them their what who whom whose when where why how which what's who's
    here there all any each every some more most many much only own just also now up down out
    over under again once please let let's i'm you're it's we're i'd i'll you'll one two three
    first last next new other such very too via per during before after while because until
    instead both yes hi hello dear thank thanks""".split()
)
"""Words that stand for themselves."""

WORD_GROUP: Final = {word: group for group, words in GROUPS.items() for word in words.split()}
"""Word → the part it plays."""
