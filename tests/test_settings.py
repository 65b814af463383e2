"""Settings: where they come from, which values are refused, and that a secret is never said aloud."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.dialogue.emergency_card import EMERGENCY_NUMBERS
from bot.settings import Settings, SettingsError, hints, load_settings

TOKEN = "123456789:AAEmadeUpForTests_0123456789-abcdefg"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty working directory, and none of the variables that Waypost reads."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    monkeypatch.setenv("SECRETS_DIR", str(secrets))
    monkeypatch.chdir(tmp_path)


def problems() -> str:
    """The text of the error that loading raises."""
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def token_of(settings: Settings) -> str | None:
    return settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else None


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_base_url == "https://api.telegram.org"
    assert settings.content == ("base",)
    assert settings.default_language == "en"
    assert settings.languages == ()
    assert settings.emergency_numbers == ("999", "112")
    assert settings.feedback_contact == ""
    assert settings.brand_name == "Waypost"
    assert settings.log_level == "INFO"


def test_without_a_setting_the_emergency_numbers_are_those_of_the_built_in_card() -> None:
    assert load_settings().emergency_numbers == EMERGENCY_NUMBERS


def test_a_setting_comes_from_the_environment_then_the_env_file_then_the_secrets_directory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("secrets/brand_name").write_text("From a secret\n")
    assert load_settings().brand_name == "From a secret"
    Path(".env").write_text("BRAND_NAME=From the file\n")
    assert load_settings().brand_name == "From the file"
    monkeypatch.setenv("BRAND_NAME", "From the environment")
    assert load_settings().brand_name == "From the environment"


def test_a_token_in_a_secret_file_may_end_with_a_new_line() -> None:
    Path("secrets/TELEGRAM_BOT_TOKEN").write_text(f"{TOKEN}\n")
    assert token_of(load_settings()) == TOKEN


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
@pytest.mark.parametrize("place", ["environment", "file", "secret"])
def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, name: str, place: str) -> None:
    if place == "environment":
        monkeypatch.setenv(name.upper(), "")
    elif place == "file":
        Path(".env").write_text(f"{name.upper()}=\n")
    else:
        Path("secrets", name).write_text("\n")
    assert load_settings() == Settings()


def test_lists_are_parted_by_commas_and_packs_by_colons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTENT", "base:/srv/our-words")
    monkeypatch.setenv("LANGUAGES", "en, cy")
    monkeypatch.setenv("EMERGENCY_NUMBERS", "112, 116 123,")
    settings = load_settings()
    assert settings.content == ("base", "/srv/our-words")
    assert settings.languages == ("en", "cy")
    assert settings.emergency_numbers == ("112", "116 123")


def test_no_languages_named_leaves_the_choice_to_the_reviews_of_the_translations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DEFAULT_LANGUAGE", "cy")
    assert load_settings().languages == ()


def test_a_slash_at_the_end_of_the_api_address_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://127.0.0.1:8081/")
    assert load_settings().telegram_api_base_url == "http://127.0.0.1:8081"


def test_the_log_level_may_be_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert load_settings().log_level == "DEBUG"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "not-a-token"),
        ("TELEGRAM_BOT_TOKEN", f'"{TOKEN}"'),
        ("TELEGRAM_BOT_TOKEN", f"{TOKEN} and more"),
        ("TELEGRAM_API_BASE_URL", "api.telegram.org"),
        ("TELEGRAM_API_BASE_URL", "ftp://files.example"),
        ("TELEGRAM_API_BASE_URL", "https://name:password@bots.example"),
        ("TELEGRAM_API_BASE_URL", "https://bots.example/?key=1"),
        ("TELEGRAM_API_BASE_URL", "http://127.0.0.1:port"),
        ("CONTENT", ":"),
        ("CONTENT", "base:base"),
        ("CONTENT", "our-charity:base"),
        ("DEFAULT_LANGUAGE", "english"),
        ("LANGUAGES", "en,welsh"),
        ("LANGUAGES", "cy"),
        ("EMERGENCY_NUMBERS", ","),
        ("EMERGENCY_NUMBERS", "99"),
        ("EMERGENCY_NUMBERS", "999,1234567890123456"),
        ("EMERGENCY_NUMBERS", "999;112"),
        ("EMERGENCY_NUMBERS", "٩٩٩"),
        ("FEEDBACK_CONTACT", "help@example.org\nand more"),
        ("BRAND_NAME", "x" * 65),
        ("LOG_LEVEL", "loud"),
        ("METRICS_PORT", "none"),
        ("METRICS_PORT", "70000"),
        ("METRICS_HOST", "http://127.0.0.1"),
        ("IMPACT_FILE", "/no/such/folder/counters.json"),
        ("IMPACT_FILE", "/"),
        ("IMPACT_WEEKS", "0"),
        ("IMPACT_WEEKS", "14"),
    ],
)
def test_a_wrong_value_gives_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    text = problems()
    assert text.startswith(f"{variable}: ")
    assert text.endswith(".")
    assert "\n" not in text


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - {"content"}))
def test_no_refused_value_is_ever_repeated_since_it_may_be_a_secret_in_the_wrong_place(name: str) -> None:
    Path("secrets", name).write_text(f"canary {TOKEN}\n{TOKEN}\x07{'x' * 200}")
    text = problems()
    assert text.startswith(f"{name.upper()}: ")
    assert "canary" not in text
    assert TOKEN not in text


def test_every_problem_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("EMERGENCY_NUMBERS", "help")
    monkeypatch.setenv("DEFAULT_LANGUAGE", "english")
    named = {line.partition(":")[0] for line in problems().splitlines()}
    assert named == {"LOG_LEVEL", "EMERGENCY_NUMBERS", "DEFAULT_LANGUAGE"}


def test_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = load_settings()
    assert token_of(settings) == TOKEN
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown


def test_a_broken_token_is_never_shown_not_even_by_the_chain_of_errors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:canary!")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "canary" not in str(caught.value)
    assert "canary" not in str(caught.value.__context__)


def test_settings_do_not_change_once_loaded() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().brand_name = "Other"  # type: ignore[misc]  # what this test is about


def test_a_secrets_directory_that_does_not_exist_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETS_DIR", "/nowhere/at-all")
    assert problems().startswith("SECRETS_DIR: ")


@pytest.mark.parametrize("spoilt", ["a folder", "a pipe", "a link to nothing", "a link to itself", "a link elsewhere"])
def test_a_secret_that_is_no_plain_file_stops_the_start_and_is_named(tmp_path: Path, spoilt: str) -> None:
    secret = Path("secrets/telegram_bot_token")
    (tmp_path / "elsewhere").write_text(TOKEN)
    make: dict[str, Callable[[], object]] = {
        "a folder": secret.mkdir,  # as container engines make one where the file to mount is missing
        "a pipe": lambda: os.mkfifo(secret),
        "a link to nothing": lambda: secret.symlink_to("nothing"),
        "a link to itself": lambda: secret.symlink_to(secret.name),
        "a link elsewhere": lambda: secret.symlink_to("../elsewhere"),
    }
    make[spoilt]()
    assert problems().startswith("TELEGRAM_BOT_TOKEN: its file in ")
    assert TOKEN not in problems()


def test_a_secret_that_may_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("secrets/telegram_bot_token").write_text(TOKEN)

    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)  # whoever runs the tests may be somebody who may read anything
    assert problems().startswith("TELEGRAM_BOT_TOKEN: its file in ")


@pytest.mark.parametrize("place", [".env", "secrets/brand_name"])
def test_a_file_that_is_not_text_is_named_without_its_content(place: str) -> None:
    Path(place).write_bytes(b"BRAND_NAME=canary\xff\xfe\n")
    text = problems()
    assert text.startswith(".env")
    assert "canary" not in text


@pytest.mark.parametrize(
    "name",
    [
        "TELEGRAM_TOKEN",
        "TELEGRAM_BOTTOKEN",
        "BOT_TOKEN",
        "TG_BOT_TOKEN",
        "TELEGRAM_BOT_TOKEN_FILE",
        "TELGRAM_BOT_TOKEN",
        "TELEGRAM-BOT-TOKEN",
    ],
)
@pytest.mark.parametrize("place", ["environment", "file", "secret"])
def test_a_near_miss_of_the_token_is_hinted_at_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, place: str
) -> None:
    if place == "environment":
        monkeypatch.setenv(name, TOKEN)
    elif place == "file":
        Path(".env").write_text(f"export {name}={TOKEN}\n")
    else:
        Path("secrets", name).write_text(TOKEN)
    settings = load_settings()
    assert settings.telegram_bot_token is None
    hint = f"{name} is set, but means nothing here. Did you mean TELEGRAM_BOT_TOKEN?"
    assert hints(settings) == (hint,)


def test_a_near_miss_is_no_matter_when_the_setting_itself_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    assert hints(load_settings()) == ()


def test_a_near_miss_of_any_setting_is_hinted_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMERGENCY_NUMBER", "112")
    assert hints(load_settings()) == (
        "EMERGENCY_NUMBER is set, but means nothing here. Did you mean EMERGENCY_NUMBERS?",
    )


def test_what_other_programs_read_gives_no_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "LANGUAGE",
        "LANG",
        "GITHUB_TOKEN",
        "SLACK_BOT_TOKEN",
        "HOST",
        "PATH",
    ):
        monkeypatch.setenv(name, "something")
    assert hints(load_settings()) == ()


@pytest.mark.parametrize(
    "secret",
    [
        "short",
        "a" * 40,
        "x" * 31,
        "0123456789abcdefghij-0123456789",
        "with spaces in it, forty characters long..",
        "ü" * 40,
    ],
)
def test_a_webhook_secret_that_could_be_guessed_stops_the_start(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", secret)
    said = problems()
    assert said.startswith("TELEGRAM_WEBHOOK_SECRET: ")
    assert secret not in said


def test_a_webhook_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "0123456789abcdefghij-0123456789_ABCDEF"
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", secret)
    settings = load_settings()
    assert settings.telegram_webhook_secret is not None
    assert settings.telegram_webhook_secret.get_secret_value() == secret
    assert secret not in repr(settings)


@pytest.mark.parametrize(
    "address",
    [
        "http://bot.example.org",
        "https://bot.example.org:8080",
        "bot.example.org",
        "https://",
        "https://user:word@bot.example.org",
        "https://bot.example.org/?a=b",
        "https://bot.example.org:port",
    ],
)
def test_telegram_must_be_able_to_deliver_to_the_webhook(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", address)
    assert problems().startswith("TELEGRAM_WEBHOOK_URL: ")


def test_a_bot_api_server_of_ones_own_delivers_to_any_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "http://127.0.0.1:9000/")
    assert load_settings().telegram_webhook_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize("number", ["0", "-1", "65", "two", "1.5"])
def test_the_number_of_workers_is_a_number(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setenv("WORKERS", number)
    assert problems() == "WORKERS: write a number from 1 to 64."


def test_several_workers_need_the_webhook_where_there_is_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKERS", "2")
    assert load_settings().workers == 2
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert "set TELEGRAM_WEBHOOK_URL" in problems()
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://bot.example.org")
    assert load_settings().workers == 2


@pytest.mark.parametrize("address", ["127.0.0.1", "http://x", "valkey://"])
def test_a_valkey_address_is_one(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("VALKEY_URL", address)
    said = problems()
    assert said.startswith("VALKEY_URL: ")


def test_a_log_format_is_one_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    assert problems() == "LOG_FORMAT: write one of console, json."
