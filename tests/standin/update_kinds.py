"""The kinds of update that are neither a message nor a press, as one person causes them."""

from __future__ import annotations

from collections.abc import Callable

from tests.standin.kinds import Maker
from tests.standin.refusals import Json


def message(make: Maker) -> Json:
    return {
        "message_id": 9,
        "date": make.now,
        "chat": make.chat,
        "from": make.person,
        "text": make.word(),
    }


def business_message(make: Maker) -> Json:
    return {**message(make), "business_connection_id": make.word()}


def chat_member(make: Maker) -> Json:
    other = make.user()
    return {
        "chat": make.elsewhere(),
        "from": make.person,
        "date": make.now,
        "old_chat_member": {"user": other, "status": "left"},
        "new_chat_member": {"user": other, "status": "member"},
    }


def reaction(make: Maker) -> Json:
    return {
        "chat": make.chat,
        "message_id": 9,
        "user": make.person,
        "date": make.now,
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "👍"}],
    }


def boost(make: Maker) -> Json:
    return {
        "boost_id": make.word(),
        "add_date": make.now,
        "expiration_date": make.now + 86400,
        "source": {"source": "premium", "user": make.person},
    }


def shipping(make: Maker) -> Json:
    address = {
        "country_code": "GB",
        "state": "",
        "city": make.word(),
        "street_line1": make.word(),
        "street_line2": "",
        "post_code": make.word(),
    }
    return {
        "id": str(make.number()),
        "from": make.person,
        "invoice_payload": make.word(),
        "shipping_address": address,
    }


OTHER_UPDATES: dict[str, Callable[[Maker], Json]] = {
    "inline_query": lambda make: {
        "id": str(make.number()),
        "from": make.person,
        "query": make.word(),
        "offset": "",
        "chat_type": "sender",
    },
    "chosen_inline_result": lambda make: {"result_id": "1", "from": make.person, "query": make.word()},
    "shipping_query": shipping,
    "pre_checkout_query": lambda make: {
        "id": str(make.number()),
        "from": make.person,
        "currency": "GBP",
        "total_amount": 100,
        "invoice_payload": make.word(),
    },
    "purchased_paid_media": lambda make: {"from": make.person, "paid_media_payload": make.word()},
    "poll": lambda make: make.poll(),
    "poll_answer": lambda make: {
        "poll_id": str(make.number()),
        "user": make.person,
        "option_ids": [0],
        "option_persistent_ids": [make.word()],
    },
    "chat_member": chat_member,
    "chat_join_request": lambda make: {
        "chat": make.elsewhere(),
        "from": make.person,
        "user_chat_id": make.chat["id"],
        "date": make.now,
        "bio": make.word(),
    },
    "chat_boost": lambda make: {"chat": make.elsewhere(), "boost": boost(make)},
    "removed_chat_boost": lambda make: {
        "chat": make.elsewhere(),
        "boost_id": make.word(),
        "remove_date": make.now,
        "source": {"source": "premium", "user": make.person},
    },
    "message_reaction": reaction,
    "message_reaction_count": lambda make: {
        "chat": make.elsewhere(),
        "message_id": 9,
        "date": make.now,
        "reactions": [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": 2}],
    },
    "business_connection": lambda make: {
        "id": make.word(),
        "user": make.person,
        "user_chat_id": make.chat["id"],
        "date": make.now,
        "is_enabled": True,
    },
    "business_message": business_message,
    "edited_business_message": lambda make: {**business_message(make), "edit_date": make.now},
    "deleted_business_messages": lambda make: {
        "business_connection_id": make.word(),
        "chat": make.chat,
        "message_ids": [9],
    },
    "guest_message": lambda make: {**message(make), "guest_query_id": make.word()},
    "managed_bot": lambda make: {"user": make.person, "bot": {**make.user(), "is_bot": True}},
}
