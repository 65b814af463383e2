"""Where people are sent: plainly, and followed by nobody."""

from __future__ import annotations

import pytest

from bot.checks.addresses import complaint, is_unencrypted
from bot.content.service_schema import LinkType

WEBSITE, FORM, EMAIL, WHATSAPP = LinkType.WEBSITE, LinkType.FORM, LinkType.EMAIL, LinkType.WHATSAPP


@pytest.mark.parametrize(
    ("url", "kind", "words"),
    [
        ("https://bit.ly/help", WEBSITE, "shortened"),
        ("https://www.tinyurl.com/help", WEBSITE, "shortened"),
        ("https://example.org/?utm_source=bot", WEBSITE, "take `utm_source` out"),
        ("https://example.org/a?id=3&fbclid=x", FORM, "take `fbclid` out"),
        ("https://example.org@evil.example/", WEBSITE, "a user or a port"),
        ("https://example.org:8443/", WEBSITE, "a user or a port"),
        ("https://192.168.1.1/", WEBSITE, "no proper name"),
        ("https://localhost.localdomain1/", WEBSITE, "no proper name"),
        ("https://Example.org/", WEBSITE, "no proper name"),
        ("https://example..org/", WEBSITE, "no proper name"),
        ("https://xn--exmple-cua.org/", WEBSITE, "no proper name"),
        ("https://ex\u0430mple.org/", WEBSITE, "none of a to z"),
        ("https://example.org/a\\b", WEBSITE, "signs that do not belong"),
        ("https://example.org/100%", WEBSITE, "signs that do not belong"),
        ("https://example.org/../b", WEBSITE, "signs that do not belong"),
        ("https://example.org/", EMAIL, "no `mailto:` address"),
        ("mailto:help@example.org", WEBSITE, "of the type website"),
        ("mailto:help@example", EMAIL, "no email address"),
        ("mailto:help@example.org?subject=x", EMAIL, "no email address"),
        ("https://example.org/chat", WHATSAPP, "leads to example.org"),
    ],
)
def test_what_is_wrong_is_said(url: str, kind: LinkType, words: str) -> None:
    assert words in (complaint(url, kind) or "")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org", WEBSITE),
        ("https://www.a-b.example.org.uk/help/?page=2#top", FORM),
        ("https://example.org/caf%C3%A9", WEBSITE),
        ("mailto:first.last+bot@example.org", EMAIL),
        ("https://wa.me/442079460000", WHATSAPP),
    ],
)
def test_plain_addresses_pass(url: str, kind: LinkType) -> None:
    assert complaint(url, kind) is None
    assert not is_unencrypted(url)


def test_http_can_be_read_along() -> None:
    assert is_unencrypted("http://example.org")
