"""What each key of a content file means, in the words that an editor shows beside it. docs/writing.md says more."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.content import changes_schema, flow_schema, phrases_file, schema, service_schema, shared_schema, words_file

_WHEN = "Shown only for these answers: {nation: scotland}, {age: [under_13, age_13_15]}, {nation: {not: outside_uk}}."

_PASSPORT = "Vouches for all of this as it was assured. Only `python -m bot services assure` writes it."

_ACCEPT = "Findings of `check` that are taken as they are here: {code, because, by, until}. The report lists them."

_FACT = {
    "source": "The page that says so.",
    "evidence": "How good the source is: own_site, official_other, dated_secondary or undated_secondary.",
    "assured_date": "The day on which somebody last held this against its source, such as 2026-11-22.",
    "source_date": "The date that the source itself gives, in quotes; leave it out if it gives none.",
    "passport": _PASSPORT,
}

_FLOWS: Final[dict[type[schema.Model], dict[str, str]]] = {
    flow_schema.WrittenFlow: {
        "flow": "The id, equal to the file's name. It is for ever: buttons in people's chats hold it for years.",
        "title": "What the flow is about, in a few words.",
        "for": "Who it speaks to: one or more values of the answer `who`. Leave it out for everyone.",
        "risk": "How much is at stake: none, concern, high or immediate (puts the emergency number first).",
        "start": "The id of the first step.",
        "steps": "The screens, each under its id. Ids are for ever; give a new meaning a new id.",
        "moved_to": "Where the buttons of steps that are gone lead: {old_step: new_step}, {old_flow.step: new_step}.",
        "accept": _ACCEPT,
    },
    flow_schema.WrittenAcceptance: {
        "code": "The rule, such as WP401. `python -m bot check --explain WP401` tells what it guards.",
        "because": "Why it is right as it is, for whoever reads the published report.",
        "by": "Who answers for that: a role or a name that may be published.",
        "until": "The last day on which it counts, such as 2027-05-31. After that the finding is back.",
        "language": "The translation that it is about, such as cy; none for the words of this file.",
    },
    flow_schema.WrittenStep: {
        "say": "The words of the screen: a text, or a list of texts and {text, when}. Blank lines part paragraphs, "
        "`- ` begins an item of a list, **two stars** make bold, {childline.phone} fills in a fact.",
        "signpost": "Shows service cards: {topic: sextortion, at_most: 3} or {services: [childline, shout]}.",
        "ask": "The question that stands right above the buttons.",
        "choices": "The buttons: {label, go}. Get help now, Back, Start again and Leave are added to every screen.",
        "risk": "The risk of this step where it differs from the flow's; immediate puts the emergency number first.",
        "when": "The step exists only for these answers; choices that lead to it are hidden with it.",
        "end": "true for a step where the flow ends, with people to talk to and no choices of its own.",
        "accept": _ACCEPT,
    },
    flow_schema.WrittenLine: {"text": "The words, as in `say`.", "when": _WHEN},
    flow_schema.WrittenChoice: {
        "label": "What stands on the button; 30 characters read well on a phone, and no two alike on one screen.",
        "go": "Where it leads: a step of this flow, another flow's step (images_shared.take_down), a flow, or menu.",
        "set": "The answer that pressing it gives, such as {who: parent_carer}.",
        "when": _WHEN,
    },
    flow_schema.WrittenNegation: {
        "not": "Every value but this one or these; a question not yet answered counts as well."
    },
    flow_schema.WrittenSignpost: {
        "topic": "All services that have this topic and serve the person. Either this or `services`.",
        "services": "Exactly these services, those that serve the person. Either this or `topic`.",
        "always": "Services that must be among those of the topic, if they serve the person.",
        "at_most": "How many cards at most: 1 to 4, and up to 6 on an emergency screen; 3 if left out.",
    },
}

_SHARED: Final[dict[type[schema.Model], dict[str, str]]] = {
    shared_schema.AnswersFile: {
        "answers": "The questions that are answered by button, each declared once for all flows.",
        "remove": "Values of an earlier pack's answers that are not offered here: `nation: [scotland]`.",
    },
    shared_schema.WrittenAnswer: {
        "code": "1 to 5, its own for ever: buttons carry it.",
        "ask": "The question, as people read it.",
        "values": "What one can answer, each under its id. The first value of `who` is assumed of a stranger.",
        "retired": "Values that are no longer offered, with their codes, so that no code is used again.",
    },
    shared_schema.WrittenValue: {
        "code": "1 to 15, its own for ever: buttons carry it.",
        "label": "What stands on the button.",
        "assume": "What this leaves possible of other answers: {age: [under_13, age_13_15, age_16_17]}.",
        "from": "For an age band: the youngest age in it, in years.",
        "to": "For an age band: the oldest age in it, in years.",
    },
    shared_schema.TextsFile: {
        "language": "The language of these texts, as two small letters.",
        "language_name": "The language's name in the language itself.",
        "texts": "The words that Waypost says itself, by key.",
    },
    shared_schema.HolidaysFile: {
        "source": "The page that lists the holidays.",
        "assured_date": "The day on which the table was last held against the source.",
        "years": "The years that the table is complete for.",
        "nations": "The public holidays of each nation, in order of date.",
    },
    shared_schema.HolidayYears: {"from": "The first year.", "to": "The last year."},
    shared_schema.Holiday: {"date": "The day, such as 2027-05-03.", "name": "What it is called."},
    words_file.WordsFile: {
        "language": "The language of these words, as two small letters.",
        "groups": "Words that many phrases share, by a name: `picture: photo*|image*`, used as `<picture>`.",
        "terms": "Words that do harm or are no longer right.",
        "kinder_terms": "Words for which a kinder one exists: warnings only.",
        "promises": "Promises that nobody here can keep.",
        "personal_data": "Requests for names, places, pictures or details.",
        "urgency": "Words that press people, or make them feel guilty.",
        "methods": "Details of how to harm oneself, or how to find or make abuse material.",
        "lock_screen": "Words that must not stand in the first characters of a message, which a locked phone shows.",
        "blame": "Words that lay the blame on the person, or doubt them.",
    },
    words_file.WrittenHarm: {
        "find": "The words: one phrase or several. `word*` with any ending, `one|other` either, `(a|the)` may be left "
        "out, `...` up to six words, `<picture>` any word of that group.",
        "because": "Why they do harm, in a sentence.",
        "instead": "What to write instead.",
        "except": "Phrases, in the same signs, in which the words are harmless: they must cover them whole.",
    },
    phrases_file.PhrasesFile: {
        "language": "The language people type in, as two small letters.",
        "groups": "Words that many phrases share, by a name: `weapon: knife|blade|gun`, used as `<weapon>`.",
        "spellings": "How words are also written, and what for: `u: you`, `cannae: can not`. One word on the left.",
        "misspellings": "How words are spelled by ear or in a hurry, and what is meant: `nife|nive: knife`. Unlike a "
        "spelling it counts only as it stands: nothing else is taken for it.",
        "families": "Words that mean much the same, under a name: what one of them speaks for in `points`, all do.",
        "loosely": "Grave words that are also recognised with one slip of the finger, with `|` between them.",
        "never": "Real words that are one letter away from a grave one and are never taken for it.",
        "words": "Everyday words, so that words written without spaces can be told apart.",
        "signs": "Words that say whom something is about, when it was, and whether it is so.",
        "harmless": "Figures of speech, titles and the like, in which grave words mean nothing grave.",
        "asides": "Greetings, thanks and apologies, which say nothing before or after what somebody tells.",
        "points": "For each intent, and for `nothing`, the words and parts of words that speak for it, under their "
        "points, with `|` between them. Worked out from labelled messages rather than written.",
        "intents": "What messages can be about, each under its id.",
    },
    phrases_file.WrittenSigns: {
        "child": "The writer's own child: `my|our daughter`.",
        "friend": "A friend, brother or sister of the writer.",
        "past": "It was long ago: `years ago`.",
        "later": "A denial that only puts it off: `yet`, `tonight`.",
        "denial": "It is not so: `not`, `never`.",
        "between": "Words that may stand between a denial and what is denied: `really`, `going`, `to`.",
        "me": "Words for the writer: `i`, `me`, `myself`.",
        "they": "Words for somebody else: `he`, `her`, `themselves`.",
        "supposing": "Words after which a denial denies nothing: `if` he does not go.",
    },
    phrases_file.WrittenIntent: {
        "go": "Where such a message leads: a flow, or a flow's step (images_shared.take_down).",
        "risk": "How much is at stake; the gravest match of a message wins. none if left out.",
        "label": "What `classify` calls such messages, if not by the intent's id; several intents may share one.",
        "priority": "0 to 9: among matches of the same risk, the highest wins; grave and 9 comes before all. 0 if "
        "left out.",
        "whole": "true where a phrase must be the whole message: `stop` leaves, `he won't stop` does not.",
        "faint": "true for wide phrases: they count only in a message in which nothing clearer is found.",
        "aside": "true for greetings and the like, which say nothing before or after what somebody tells.",
        "denied": "The intent that answers instead when somebody says that it is not so (`not suicidal, just low`).",
        "past": "The intent that answers instead when it was long ago.",
        "about": "The intents that answer instead when it is not about the writer.",
        "phrases": "What people type: words, `one|other`, `(may be left out)`, `...` up to four words, `<group>`, "
        "`word*` with any ending, `word+` with -s, -ed, -ing, `one & another` both, in any order. Capitals, accents "
        "and punctuation do not matter.",
    },
    phrases_file.WrittenAbout: {
        "friend": "The intent for a friend, brother or sister of the writer.",
        "child": "The intent for the writer's child.",
        "other": "The intent for anybody else.",
    },
}

_SERVICES: Final[dict[type[schema.Model], dict[str, str]]] = {
    service_schema.ResourcesFile: {
        "when_nobody_answers": "Services, best first: where everyone on a screen is closed, the first that serves the "
        "person and answers then stands before the rest.",
        "services": "Every service, each under its id, which texts and signposts use.",
        "change": "Parts of services that an earlier pack has; what is not said stays. null takes a key away.",
        "remove": "Services of earlier packs that are never to be shown here.",
    },
    service_schema.WrittenService: {
        "name": "The name, as people read it.",
        "kind": "What sort of help it is.",
        "status": "active, paused or closed; only active ones are shown.",
        "description": "What one gets there, in at most 14 words.",
        "eligibility": "One line for each group that may use it; any one is enough.",
        "nations": "The nations that it serves.",
        "topics": "Each topic with its priority there: 1 comes first, 9 last.",
        "pair": "Its other half for the other age group: both are shown, or neither.",
        "languages": "The languages spoken there, as codes such as en or cy.",
        "accessibility": "Ways in for people with a disability, each in a few words.",
        "phones": "Numbers to ring or text.",
        "links": "Addresses to open or write to.",
        "schedules": "When people answer.",
        "on_contact": "What happens when one gets in touch; leave out what no source says.",
        "sources": "Further pages that were read.",
        "confidence": "high or medium; nothing less may be shown.",
        "assured_date": "The day on which somebody last held what its card says against the sources, as 2026-11-22.",
        "passport": "Vouches for all that its card says besides phones, links, hours and what happens. Only "
        "`python -m bot services assure` writes it.",
        "note": "For editors only; never shown.",
        "accept": _ACCEPT,
    },
    service_schema.Eligibility: {
        "who": "One or more values of the answer `who`.",
        "minimum_age": "The youngest age, in years, of the person who gets in touch.",
        "maximum_age": "The oldest age, in years, of the person who gets in touch.",
    },
    service_schema.Phone: {
        "id": "The name by which texts ({childline.phone}) and schedules use it.",
        "number": 'The digits, in quotes, spaced as people should read them: "0800 1111".',
        "type": "What kind of number it is, so that a missing digit is noticed: short_code 3 to 6 digits, "
        "eight_digit 8, national 10 to 12; the two that begin with text_ are for messages.",
        "keyword": "The word to send, for a number to text.",
        "instructions": "What to say or press there, in a few words.",
        "cost": "What it costs, if a source says so.",
        "bill": "Whether it shows on the phone bill, if a source says so.",
        **_FACT,
    },
    service_schema.Link: {
        "id": "The name by which texts and schedules use it.",
        "type": "What stands behind the address.",
        "url": "The address, beginning with https:// (or mailto: for an email address).",
        **_FACT,
    },
    service_schema.Schedule: {
        "opening_hours": 'When people answer, in quotes: "Mo-Fr 09:00-17:00; PH off", "24/7". Leave it out where the '
        "times are not known.",
        "contacts": "The ids of the contacts it is true of; leave it out for every phone, text and webchat.",
        "timezone": "The time zone of the hours; Europe/London if left out.",
        "holidays_of": "The nation whose public holidays PH means; if left out the one nation served, else England.",
        "note": "For editors only; never shown.",
        **_FACT,
    },
    service_schema.OnContact: {
        "happens": "What happens when one gets in touch.",
        "police": "Whether the police are told.",
        "name": "Whether a name is needed.",
        "account": "Whether an account or ID is needed.",
        "passes_on": "When they must pass something on.",
        "know_first": "What the card itself must say before its contacts; [] where nothing needs saying first. Needed "
        "wherever `police` or `account` says anything.",
        "source": "The page that says so.",
        "assured_date": "The day on which somebody last held this against its source.",
        "passport": _PASSPORT,
    },
}

_STEP_HELP: Final = _FLOWS[flow_schema.WrittenStep]

_CHANGES: Final[dict[type[schema.Model], dict[str, str]]] = {
    changes_schema.WrittenFlowChange: {
        "change": "The flow of an earlier pack, equal to the file's name. What is not said stays as it is there.",
        **{key: _FLOWS[flow_schema.WrittenFlow][key] for key in ("title", "for", "risk", "start")},
        "steps": "Only the screens that are different, or new.",
    },
    changes_schema.WrittenStepChange: {
        **{key: _STEP_HELP[key] for key in ("say", "signpost", "ask", "choices", "risk", "when", "end")},
        "+choices": "Buttons behind those that are there.",
    },
}

KEY_HELP: Final[Mapping[type[schema.Model], Mapping[str, str]]] = MappingProxyType(
    _FLOWS | _SHARED | _SERVICES | _CHANGES
)
"""A type of schema.py, and a key as authors write it → the help."""
