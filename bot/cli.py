"""The commands, thin: each reads its options, calls one thing and says how it went.

Exit status: 0 done, 1 the content has problems, 2 it could not run (wrong settings or options).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot import __version__
from bot.content.errors import ContentError
from bot.dialogue.engine import Engine, open_engine
from bot.dialogue.facts import Deployment
from bot.settings import Settings, SettingsError, hints, load_settings

if TYPE_CHECKING:
    from bot.channels.terminal import Witness
    from bot.dialogue.screen import Screen

UNITED_KINGDOM = ZoneInfo("Europe/London")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="waypost")
def main() -> None:
    """Waypost points people to help with online child sexual abuse, and stores nothing about them."""


@main.command()
def run() -> None:
    """Run everything that is configured: the web chat, and Telegram if there is a token."""
    settings = _settings()
    for hint in hints(settings):
        click.echo(hint, err=True)
    from bot.operations import logs
    from bot.operations.run import run as serve

    logs.configure(settings.log_level, form=settings.log_format)
    sys.exit(serve(settings))


@main.command()
@click.option("--at", "moment", metavar="MOMENT", help="Another moment, such as 2026-12-25T03:00 (UK time).")
@click.option("--language", default="", metavar="CODE", help="A language, such as en.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write what you do into a story file.")
@click.option("--replay", metavar="STORY", help="A story (FILE, FILE:LINE) or a way ('menu > a label'), then go on.")
def chat(moment: str | None, language: str, record: Path | None, replay: str | None) -> None:
    """Talk to it here in the terminal. Nothing you type is kept, unless you ask for it with --record."""
    if record is not None and replay is not None:
        raise click.UsageError("Use --record or --replay, one at a time.")
    settings = _settings()
    if record is not None:
        _recorded_chat(settings, _clock(moment)(), language, record)
    elif replay is not None:
        _replayed_chat(settings, _clock(moment)() if moment else None, language, replay)
    else:
        _chat(settings, _clock(moment), language)


@main.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Also write JUnit XML.")
@click.option("--missing", is_flag=True, help="List the steps that are in no story.")
def stories(paths: tuple[Path, ...], junit: Path | None, missing: bool) -> None:
    """Run stories (files or folders; tests/stories if none is named) against the content."""
    from bot.checks.stories.command import COULD_NOT_RUN, run_stories

    engine = _engine(_settings(), otherwise=COULD_NOT_RUN)
    sys.exit(run_stories(engine, paths, click.echo, perf_counter, junit_file=junit, missing=missing))


@main.command()
@click.option("--quick", is_flag=True, help="For a commit hook, under 3 s: leaves out time and rare combinations.")
@click.option("--at", "moment", metavar="MOMENT", help="As at another moment, such as 2026-12-25T03:00 (UK time).")
@click.option("--only", multiple=True, metavar="CODE", help="Only this rule; may be given several times.")
@click.option("--against", metavar="OLD", help="Press all buttons of older content: a folder, git:REVISION or a proof.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to print.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="Also write a page to publish.")
@click.option("--explain", "explained", metavar="CODE", help="Say what a rule guards, and how to satisfy it.")
def check(
    quick: bool,
    moment: str | None,
    only: tuple[str, ...],
    against: str | None,
    format_: str,
    report: Path | None,
    explained: str | None,
) -> None:
    """Prove the content safe, or show the presses that lead to harm. Exit status 1: errors; 2: it could not run."""
    from bot.operations import checking

    if explained is not None:
        page = checking.explain(explained)
        if page is None:
            raise click.BadParameter(checking.unknown_code([explained.upper()]), param_hint="--explain")
        click.echo(page)
        return
    codes = tuple(code.strip().upper() for codes in only for code in codes.split(",") if code.strip())
    wish = checking.Wish(format_, quick, codes, report, against)
    sys.exit(checking.check(_settings(), wish, _clock(moment)(), click.echo, sys.stderr))


@main.command()
@click.argument("kinds", metavar="[KIND]...", nargs=-1)
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write files into DIR.")
@click.option("--with-content", is_flag=True, help="Let editors offer the services, flows and answers there are.")
def schema(kinds: tuple[str, ...], output: Path | None, with_content: bool) -> None:
    """Print the JSON Schema of a KIND of file, for editors: flow, services, phrases, story and others.

    Without a KIND, all of them; these need --output.
    """
    from bot.checks import schema_export

    if unknown := set(kinds) - set(schema_export.FILES):
        known = ", ".join(schema_export.FILES)
        raise click.BadArgumentUsage(f"There is no kind {', '.join(sorted(unknown))}. Write one of: {known}.")
    if output is None and len(kinds) != 1:
        raise click.UsageError("Name one kind to print, such as `schema flow`, or a folder: `schema --output .schema`.")
    content = _engine(_settings()).content if with_content else None
    if output is None:
        click.echo(schema_export.json_text(kinds[0], content), nl=False)
        return
    try:
        for path in schema_export.write(output, kinds or tuple(schema_export.FILES), content):
            click.echo(path)
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}. Name another folder.") from None


@main.command()
@click.argument("flow", required=False)
@click.option("--format", "form", type=click.Choice(["mermaid", "svg", "html"]), help="By default what FILE ends in.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def graph(flow: str | None, form: str | None, output: Path | None) -> None:
    """Draw FLOW, or all flows: who can go where, what is at stake, which services are shown.

    html is one page to look around in; svg is a picture; mermaid is text that GitHub and GitLab draw.
    """
    from bot.checks.graph import command

    settings = _settings()
    deployment = Deployment(settings.brand_name, settings.feedback_contact)
    shape = command.Format(form) if form else command.format_for(output)
    try:
        drawn = command.graph(_engine(settings).content, shape, flow=flow, deployment=deployment)
        if output is None:
            click.echo(drawn, nl=False)
        else:
            output.write_text(drawn, encoding="utf-8")
    except command.UnknownFlowError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}. Name another file.") from None


@main.command()
@click.argument("flow", default="menu")
@click.option("--web", default="", metavar="ADDRESS", help="Where the web chat is: https://chat.example.org/.")
@click.option("--telegram", default="", metavar="NAME", help="The bot's name on Telegram: @example_bot.")
@click.option(
    "--size", type=click.Choice(["poster", "pocket"]), default="poster", show_default=True, help="A4 or card."
)
@click.option("--language", default="", metavar="CODE", help="A language, such as en.")
@click.option("--large", is_flag=True, help="Larger letters.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help=".svg, .pdf"
)
def card(flow: str, web: str, telegram: str, size: str, language: str, large: bool, output: Path) -> None:
    """Make a poster or pocket card that leads to FLOW, or to the menu, by a code for phones."""
    from bot.operations.cards.command import CardError
    from bot.operations.cards.command import card as make
    from bot.operations.cards.drawing import NoPdfError
    from bot.operations.cards.fonts import NoFontError
    from bot.operations.cards.sheet import Size

    settings = _settings()
    try:
        where = {"telegram": telegram, "web": web, "language": language}
        make(_engine(settings), settings, flow, output, size=Size(size), large=large, **where)
    except (CardError, NoPdfError, NoFontError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--chosen", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def conversations(paths: tuple[Path, ...], chosen: Path | None, output: Path | None) -> None:
    """Print stories (files or folders; tests/stories if none is named) as whole conversations, to be read and judged.

    With --chosen only those that FILE names under its headings, as docs/conversations.yaml does.
    """
    from bot.checks.documents.command import conversations_page
    from bot.checks.stories.files import NoStoriesError

    engine = _engine(_settings())
    try:
        _print_or_write(conversations_page(engine, paths, chosen), output)
    except (ContentError, NoStoriesError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@main.command("first-services")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def first_services(output: Path | None) -> None:
    """Print who is shown first in each situation, for whom and where, on a Tuesday afternoon and on Christmas night."""
    from bot.checks.documents.first_services import page

    _print_or_write(page(_engine(_settings()), "python -m bot first-services"), output)


def _print_or_write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}. Name another file.") from None


@main.command()
@click.option("--port", default=8090, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
def preview(port: int) -> None:
    """See the web chat beside the flows and the findings while you write; for this machine alone."""
    from bot.operations import logs
    from bot.operations.http_server import PortTakenError
    from bot.operations.preview.command import preview as show

    settings = _settings()
    logs.configure(settings.log_level)
    try:
        show(settings, port, click.echo)
    except (PortTakenError, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@main.command()
def classify() -> None:
    """Read JSON lines {"text", "lang"} and print {"intent", "risk", "flow"} for each. Stores and repeats nothing."""
    from bot.understanding.classifying import classify_lines, short_lines

    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # always a text wrapper
    with suppress(KeyboardInterrupt, BrokenPipeError):
        for line in classify_lines(_engine(_settings()).reader, short_lines(sys.stdin.readline)):
            click.echo(line)


@main.command()
@click.argument("text")
def explain(text: str) -> None:
    """Show how TEXT is understood, and which phrases say so."""
    from bot.understanding.explanation import explanation

    for line in explanation(_engine(_settings()).reader, text):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--figures", is_flag=True, help="Only figures, no messages: for a split that must stay honest.")
def evaluate(file: Path, figures: bool) -> None:
    """Score the labelled messages of FILE: what was understood, what was missed, and which phrases are to blame."""
    from bot.understanding.evaluation import judge, report
    from bot.understanding.labelled_file import labelled_messages

    reader = _engine(_settings()).reader
    try:
        for line in report(judge(reader, labelled_messages(file)), details=not figures):
            click.echo(line)
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@main.command("new-pack")
@click.argument("folder", type=click.Path(path_type=Path))
def new_pack(folder: Path) -> None:
    """Make FOLDER a content pack of your own to begin with: a flow, a story, and a job that checks them."""
    from bot.operations.packs import NewPackError
    from bot.operations.packs import new_pack as made

    try:
        for path in made(folder):
            click.echo(path)
    except (NewPackError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(f"\nTalk to it: CONTENT=base:{folder} python -m bot chat")


@main.group()
def content() -> None:
    """Look at what content packs say."""


@content.command("diff")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def content_diff(form: str) -> None:
    """Show what the last pack of CONTENT changes of the packs before it."""
    from bot.content.differences import differences
    from bot.content.load import load
    from bot.operations.packs import as_json, described

    packs = _settings().content
    if len(packs) < 2:
        raise click.UsageError("CONTENT names one pack only, so there is nothing to compare: CONTENT=base:our-charity")
    try:
        found = list(differences(load(packs[:-1]), load(packs)))
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if form == "json":
        click.echo(as_json(found))
        return
    for line in described(found):
        click.echo(line)
    if not found:
        click.echo(f"{packs[-1]} changes nothing.")


@main.command()
@click.option("--from", "first", required=True, metavar="DATE", help="The first day, such as 2026-09-07.")
@click.option("--to", "last", required=True, metavar="DATE", help="The last day. Whole periods in between are told.")
@click.option("--counters", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--prometheus", default="", metavar="URL", help="Take the counts from a Prometheus server instead.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write CSV.")
@click.option("--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def impact(
    first: str, last: str, counters: tuple[Path, ...], prometheus: str, csv_file: Path | None, html_file: Path | None
) -> None:
    """Report to funders what the bot was used for, in figures that give nobody away: CSV, or a page with --html FILE.

    The counts come from the file IMPACT_FILE, or from --counters FILE (several, for several replicas). A period has
    IMPACT_WEEKS weeks; see docs/measuring.md.
    """
    from bot.operations.impact import command
    from bot.operations.impact.counters_file import CountersFileError
    from bot.operations.impact.prometheus import PrometheusError

    settings = _settings()
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise click.BadParameter("write dates such as 2026-09-07", param_hint="--from and --to") from None
    files = counters or ((settings.impact_file,) if settings.impact_file and not prometheus else ())
    if bool(files) == bool(prometheus):
        raise click.UsageError("Set IMPACT_FILE, or name one source: --counters FILE or --prometheus URL.")
    wish = command.Wish(*days, settings.impact_weeks, files, prometheus, csv_file, html_file)
    try:
        today = datetime.now(UTC).date()
        command.impact(wish, settings.brand_name, lambda: _engine(settings).content, today, click.echo)
    except (command.NoPeriodError, CountersFileError, PrometheusError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(2)


@main.command()
@click.option("--proxy", "proxies", multiple=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def doctor(proxies: tuple[Path, ...], form: str) -> None:
    """Audit this deployment, and say what to do. Exit status 0: all is well; 1: look at something; 2: it is wrong.

    Reads settings, files and what Telegram shows, and changes nothing. --proxy names the configuration of an nginx or
    Caddy in front of the bot.
    """
    from bot.operations.doctor.command import doctor as audited

    sys.exit(audited(_settings(), proxies, datetime.now(UTC), form, click.echo))


@main.group()
def services() -> None:
    """Look after the services and their facts."""


@services.command()
@click.argument("names", metavar="[SERVICE[.CONTACT|.schedule|.on_contact]]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every fact of the file.")
@click.option("--on", "day", required=True, metavar="DATE", help="The day you held it against its source: 2026-11-22.")
@click.option("--source", metavar="URL", help="The page it stands on, where that is another one now.")
@click.option("--resources", type=click.Path(path_type=Path), metavar="FILE", help="The file to edit.")
@click.option("--yes", is_flag=True, help="Do not ask (for scripts).")
def assure(
    names: tuple[str, ...], everything: bool, day: str, source: str | None, resources: Path | None, yes: bool
) -> None:
    """Say that you held facts against their sources: sets their dates and passports, after showing them to you.

    Without --resources it edits the resources.yaml of the last content folder.
    """
    from bot.operations import assure as assuring

    if everything == bool(names):
        raise click.UsageError("Name services or facts, such as `childline` or `childline.phone`, or give --all.")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise click.BadParameter("write a date such as 2026-11-22", param_hint="--on") from None
    today = datetime.now(UNITED_KINGDOM).date()
    ask = None if yes else click.confirm
    try:
        packs = _settings().content
        file = resources or assuring.resources_file(packs)
        sys.exit(0 if assuring.command(file, names, on, today, click.echo, ask, source=source, packs=packs) else 1)
    except (assuring.AssureError, ContentError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@main.group()
def translate() -> None:
    """Texts for translators, and their translations (PO files); see docs/translating.md."""


@translate.command("extract")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it into FILE.")
def translate_extract(output: Path | None) -> None:
    """Write a template (.pot) with every text of the last content folder, for a language that is new."""
    from bot.operations import translating

    settings = _settings()
    made = translating.extract(_engine(settings).content, settings.content[-1], datetime.now(UTC))
    if output is None:
        click.echo(made, nl=False)
        return
    try:
        output.write_text(made, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}. Name another file.") from None


@translate.command("update")
@click.argument("languages", metavar="[LANGUAGE]...", nargs=-1)
def translate_update(languages: tuple[str, ...]) -> None:
    """Bring the PO files of the last content folder up to date: all of them, or those of each LANGUAGE, such as cy.

    Nothing translated is lost: where the English words have changed, it is kept and marked fuzzy.
    """
    from bot.operations import translating

    settings = _settings()
    content = _engine(settings).content
    try:
        for path in translating.update(content, settings.content[-1], languages, datetime.now(UTC)):
            click.echo(path)
    except (translating.TranslateError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@translate.command("status")
@click.option("--missing", is_flag=True, help="List the texts missing that somebody in danger may need.")
def translate_status(missing: bool) -> None:
    """Say for each language how much is translated, by whom it was reviewed, and how it is offered."""
    from bot.operations import translating

    for line in translating.status(_engine(_settings()).content, listed=missing):
        click.echo(line)


@services.command()
@click.argument("names", metavar="[SERVICE[.CONTACT]]...", nargs=-1)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it all as JSON.")
@click.option("--assure", is_flag=True, help="Set today's assured_date on what still stands.")
@click.option("--contact", default="", metavar="ADDRESS", help="Whom a site's operator can write to about our visits.")
@click.option("--pages", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER")
@click.option("--resources", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILE")
def verify(
    names: tuple[str, ...], report: Path | None, assure: bool, contact: str, pages: Path | None, resources: Path | None
) -> None:
    """Look whether numbers and addresses still stand on their source pages; exit 1 if one does not.

    Visits one page at a time and obeys robots.txt. With --pages it reads copies made by `wget --mirror` instead.
    Without --resources it looks at the resources.yaml of the last content folder.
    """
    import httpx

    from bot.operations import assure as assuring
    from bot.operations.verifying.command import COULD_NOT_LOOK, Wish
    from bot.operations.verifying.command import verify as verified
    from bot.operations.verifying.fetching import Fetcher, PoliteFetcher, StoredPages

    try:
        packs = _settings().content
        wish = Wish(resources or assuring.resources_file(packs), names, report, assure, packs)
        with httpx.Client() as client:
            fetcher: Fetcher = StoredPages(pages) if pages else PoliteFetcher(client, contact)
            sys.exit(verified(wish, fetcher, datetime.now(UNITED_KINGDOM).date(), click.echo))
    except (assuring.AssureError, ContentError) as error:
        click.echo(str(error), err=True)
        sys.exit(COULD_NOT_LOOK)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(COULD_NOT_LOOK)


@services.command("export")
@click.option("--format", "form", type=click.Choice(["hsds"]), default="hsds", help="HSDS 3 JSON (Open Referral UK).")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Not to the screen.")
@click.option("--resources", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILE")
def export_services(form: str, output: Path | None, resources: Path | None) -> None:
    """Write the services in the format that directories of services exchange."""
    from bot.operations import assure as assuring
    from bot.operations.hsds.command import export

    del form  # there is one
    try:
        text = export(resources or assuring.resources_file(_settings().content))
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            click.echo(text, nl=False)
    except (assuring.AssureError, ContentError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(2)


@services.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="PACK")
@click.option("--format", "form", type=click.Choice(["hsds"]), default="hsds", help="HSDS 3 JSON (Open Referral UK).")
def import_services(file: Path, into: Path, form: str) -> None:
    """Make the services of FILE a content pack's resources.yaml, paused until somebody has assured them."""
    from bot.operations.hsds.command import import_into
    from bot.operations.hsds.importing import NotHsdsError

    del form  # there is one
    try:
        import_into(into, file, datetime.now(UNITED_KINGDOM).date(), click.echo)
    except NotHsdsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}.", err=True)
        sys.exit(2)


def _without_token(settings: Settings) -> None:
    """No channel is configured: say what to set, and show the product where somebody is there to see it."""
    click.echo(
        "There is no Telegram token, so nobody can reach the bot on Telegram.\n"
        "Set TELEGRAM_BOT_TOKEN to the token that @BotFather gives you, in the environment or in a file named .env.\n",
        err=True,
    )
    if not sys.stdin.isatty():
        click.echo("To talk to it in a terminal: python -m bot chat", err=True)
        sys.exit(2)
    click.echo("Until then you can talk to it here, as with `python -m bot chat`.", err=True)
    _chat(settings, _clock(None), "")


def _chat(settings: Settings, clock: Callable[[], datetime], language: str) -> None:
    _talk(_engine(settings), clock, language)


def _recorded_chat(settings: Settings, now: datetime, language: str, path: Path) -> None:
    from bot.checks.stories.recording import RecordingError, recording

    engine = _engine(settings)
    try:
        with recording(path, engine.content, now, language, lambda words: click.echo(f"\n{words}")) as witness:
            _talk(engine, lambda: now, language, witness=witness)
    except RecordingError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _replayed_chat(settings: Settings, moment: datetime | None, language: str, asked: str) -> None:
    from bot.checks.stories.replay import ReplayError, find_story, replayed

    engine = _engine(settings)
    try:
        story = find_story(asked, engine.content, datetime.now(UTC), at=moment, language=language)
    except (ContentError, ReplayError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    _talk(engine, lambda: story.setting.at, story.setting.language, earlier=replayed(engine, story))


def _talk(
    engine: Engine,
    clock: Callable[[], datetime],
    language: str,
    *,
    witness: Witness | None = None,
    earlier: Iterable[tuple[str, Screen]] = (),
) -> None:
    """The conversation in this terminal. Ctrl-C, or a reader that goes away, ends it like any other."""
    from bot.channels.terminal import TerminalChat

    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal's input is always a text wrapper
    with suppress(KeyboardInterrupt, BrokenPipeError):
        TerminalChat(engine, sys.stdout, clock, language=language, witness=witness).run(_typed_lines(), earlier)


def _typed_lines() -> Iterator[str]:
    interactive = sys.stdin.isatty()
    while True:
        if interactive:
            sys.stdout.write("\n> ")
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        yield line


def _clock(moment: str | None) -> Callable[[], datetime]:
    if moment is None:
        return lambda: datetime.now(UTC)
    try:
        fixed = datetime.fromisoformat(moment)
    except ValueError:
        raise click.BadParameter("write a moment such as 2026-12-25T03:00", param_hint="--at") from None
    fixed = fixed if fixed.tzinfo is not None else fixed.replace(tzinfo=UNITED_KINGDOM)
    return lambda: fixed


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _engine(settings: Settings, *, otherwise: int = 1) -> Engine:
    """The engine, or the exit status ``otherwise`` with everything that is wrong with the content."""
    deployment = Deployment(settings.brand_name, settings.feedback_contact)
    try:
        return open_engine(
            settings.content,
            default_language=settings.default_language,
            languages=settings.languages,
            deployment=deployment,
        )
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(otherwise)
