"""What other languages say and how it looks there: promises, blame, numbers that change places, screens that burst."""

from __future__ import annotations

from typing import Final

from tests.mutations.mutation import Look, Mutation, edit


def _file(language: str) -> str:
    return f"flows/locale/{language}/waypost.po"


def _entry(id_: str) -> str:
    return f'msgctxt "{id_}"'


def _words_of(id_: str) -> tuple[str, str]:
    """The line on which a translation begins."""
    return _entry(id_), "msgstr"


_BELIEVE: Final = _entry("image_threats/believe/say")
_HOPE: Final = "suicide/hope/say"
_KEYS: Final = _entry("emergency/cannot_talk/choice:after_the_keys/button")

_TEXTS: Final = (
    Mutation(
        "A Welsh screen promises that nobody will ever know",
        "WP406",
        (edit(_file("cy"), "Roedd angen dewrder.", "Fydd neb byth yn gwybod.", after=_BELIEVE),),
        at=(_BELIEVE, "Fydd neb byth"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Ukrainian screen promises to tell nobody",
        "WP406",
        (edit(_file("uk"), "Це потребує сміливості.", "Ми нікому не розповімо.", after=_BELIEVE),),
        at=(_BELIEVE, "нікому не розповімо"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Polish screen calls abuse pornography",
        "WP405",
        (edit(_file("pl"), "To wymagało odwagi.", "To jest pornografia dziecięca.", after=_BELIEVE),),
        at=(_BELIEVE, "pornografia"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Welsh screen speaks of committing suicide",
        "WP405",
        (edit(_file("cy"), "Fe wnest ti estyn allan heddiw", "Meddyliaist am gyflawni hunanladdiad", _entry(_HOPE)),),
        at=(_entry(_HOPE), "gyflawni hunanladdiad"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Hindi screen lays the fault on the person",
        "WP412",
        (edit(_file("hi"), "इसमें हिम्मत लगी।", "यह आपकी गलती है।", after=_BELIEVE),),
        at=(_BELIEVE, "आपकी गलती है"),
        look=Look.JOINT,
    ),
    Mutation(
        "A French button asks why they sent it",
        "WP412",
        (edit(_file("fr"), "Et après cela ?", "Pourquoi l'as-tu envoyé ?", after=_KEYS),),
        at=(_KEYS, "Pourquoi"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Spanish screen asks for the picture",
        "WP407",
        (edit(_file("es"), "Ha hecho falta valor.", "Envíanos la foto.", after=_BELIEVE),),
        at=(_BELIEVE, "Envíanos"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Romanian screen says that it is nearly too late",
        "WP408",
        (edit(_file("ro"), "A cerut curaj.", "Curând va fi prea târziu.", after=_BELIEVE),),
        at=(_BELIEVE, "prea târziu"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Welsh screen begins with what a locked phone must not show",
        "WP411",
        (edit(_file("cy"), "Diolch am ddweud wrtha i.", "Blacmel yw hyn.", after=_entry("bullying/believe/say")),),
        at=(_entry("bullying/believe/say"), "Blacmel"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Welsh sentence goes on and on",
        "WP403",
        (
            edit(
                _file("cy"),
                "anrhegion. Neu maen nhw'n",
                "anrhegion, neu maen nhw'n",
                after=_entry("suspect_someone/behaviour/say"),
            ),
        ),
        at=(_entry("suspect_someone/behaviour/say"), "Ymddiriedwch"),
        look=Look.JOINT,
    ),
    Mutation(
        "A number of Urdu is written in its own digits, and is another one",
        "WP804",
        (edit(_file("ur"), "واپس", "واپس ۹۹۱", after=_entry("text:button_back")),),
        at=_words_of("text:button_back"),
        look=Look.JOINT,
    ),
    Mutation(
        "Two numbers change places in Welsh",
        "WP808",
        (
            edit(
                _file("cy"),
                "Ffonia {samaritans.phone}, neu {shout.text}.",
                "Ffonia {shout.text}, neu {samaritans.phone}.",
            ),
        ),
        at=_words_of("suicide/nobody/say"),
        look=Look.JOINT,
    ),
    Mutation(
        "An invisible sign turns the digits round in Arabic",
        "WP809",
        (edit(_file("ar"), "بالرقم {emergency", "بالرقم \u202e{emergency", _entry("text:notice_immediate")),),
        at=(_entry("text:notice_immediate"), "\u202e"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Welsh button keeps marks of formatting",
        "WP506",
        (edit(_file("cy"), "Rwy gyda rhywun anniogel", "Rwy gyda **rhywun** anniogel"),),
        look=Look.JOINT,
    ),
    Mutation(
        "A part of the Somali emergency card is marked fuzzy",
        "WP802",
        (edit(_file("so"), _entry("text:card_rest"), f"#, fuzzy\n{_entry('text:card_rest')}"),),
        at=_words_of("text:card_rest"),
        look=Look.JOINT,
    ),
    Mutation(
        "A Welsh button is too long for a phone",
        "WP805",
        (edit(_file("cy"), "Rwy'n ddiogel am y tro", "Rwy'n ddiogel am y tro, ond ddim am byth"),),
        look=Look.JOINT,
    ),
)

_SCREENS: Final = (
    Mutation(
        "A Welsh screen is longer than Telegram sends",
        "WP806",
        (edit(_file("cy"), "Roedd angen dewrder.", "Cymer dy amser. " * 250, after=_BELIEVE),),
        at=(_BELIEVE, "msgstr"),
        look=Look.ANSWERS,
    ),
    Mutation(
        "A Welsh screen has far more words than a small phone shows",
        "WP404",
        (
            edit(
                _file("cy"),
                "Mae teimladau'n newid, ac mae help yn gweithio.",
                "Mae teimladau'n newid, ac mae help yn gweithio. " * 3,
                after=_entry(_HOPE),
            ),
        ),
        at=_words_of(_HOPE),
        look=Look.ANSWERS,
    ),
    Mutation(
        "Two buttons of a Welsh screen say the same",
        "WP704",
        (edit(_file("cy"), "Beth sy'n digwydd ar ôl hynny?", "Beth sy'n digwydd wedyn?", after=_KEYS),),
        at=(_KEYS, "msgstr"),
        look=Look.ANSWERS,
    ),
    Mutation(
        "Longer labels make a row too many in Spanish",
        "WP504",
        (edit(_file("es"), "Pena, ansiedad", "Tristeza, ansiedad"),),
        at=_words_of("menu/more_worries/say"),
        look=Look.ANSWERS,
    ),
    Mutation(
        "A Polish button has no words",
        "WP807",
        (edit(_file("pl"), "Nie słyszę lub nie mogę mówić", "…"),),
        look=Look.ANSWERS,
    ),
    Mutation(
        "A Romanian screen has a word that no braille line holds",
        "WP505",
        (edit(_file("ro"), "A cerut curaj.", f"A cerut {'curaj' * 20}.", after=_BELIEVE),),
        at=(_BELIEVE, "msgstr"),
        look=Look.ANSWERS,
    ),
)

SPOKEN: Final = (*_TEXTS, *_SCREENS)
