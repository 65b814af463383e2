"""Every kind of message that Telegram can bring, each with the fields a real one has.

``KINDS`` names them as the Bot API does. Files have ids and nothing behind them: whoever asks for one is caught.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.standin.canaries import Canaries
from tests.standin.refusals import Json


@dataclass(frozen=True)
class Maker:
    """Makes the parts of a message of one person; everything that could identify somebody is a canary."""

    canaries: Canaries
    person: Json
    chat: Json
    now: int

    def word(self) -> str:
        return self.canaries.word()

    def number(self) -> int:
        return self.canaries.number()

    def file(self, **more: object) -> Json:
        return {"file_id": self.word(), "file_unique_id": self.word(), "file_size": 4096, **more}

    def picture(self) -> Json:
        return self.file(width=90, height=60)

    def user(self) -> Json:
        return {"id": self.number(), "is_bot": False, "first_name": self.word()}

    def elsewhere(self) -> Json:
        return {"id": -self.number(), "type": "channel", "title": self.word()}

    def place(self) -> Json:
        return {"latitude": 51.5 + self.number() % 10**9 / 10**12, "longitude": -0.12}

    def sticker(self) -> Json:
        return self.file(width=512, height=512, type="regular", is_animated=False, is_video=False, emoji="🙂")

    def poll(self) -> Json:
        options = [
            {"persistent_id": self.word(), "text": text, "voter_count": 0} for text in (self.word(), "Another answer")
        ]
        return {
            "id": str(self.number()),
            "question": self.word(),
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }

    def task(self) -> Json:
        return {"id": 1, "text": self.word()}

    def unique_gift(self) -> Json:
        part = {"name": self.word(), "sticker": self.sticker(), "rarity_per_mille": 5}
        colours = {"center_color": 1, "edge_color": 2, "symbol_color": 3, "text_color": 4}
        backdrop = {"name": self.word(), "colors": colours, "rarity_per_mille": 5}
        gift = {
            "gift_id": self.word(),
            "base_name": self.word(),
            "name": self.word(),
            "number": 7,
            "model": part,
            "symbol": part,
            "backdrop": backdrop,
        }
        return {"gift": gift, "origin": "transfer"}

    def payment(self) -> Json:
        return {
            "currency": "XTR",
            "total_amount": 1,
            "invoice_payload": self.word(),
            "telegram_payment_charge_id": self.word(),
            "provider_payment_charge_id": self.word(),
        }

    def pinned(self) -> Json:
        return {"message_id": 7, "date": self.now, "chat": self.chat, "from": self.person, "text": self.word()}

    def giveaway(self) -> Json:
        return {"chats": [self.elsewhere()], "winners_selection_date": self.now + 3600, "winner_count": 1}

    def winners(self) -> Json:
        return {
            "chat": self.elsewhere(),
            "giveaway_message_id": 5,
            "winners_selection_date": self.now,
            "winner_count": 1,
            "winners": [self.user()],
        }


Kind = Callable[[Maker], Json]
"""Makes the content of a message of one kind."""

MEDIA: dict[str, Kind] = {
    "photo": lambda make: {"photo": [make.picture(), make.file(width=1280, height=853)]},
    "live_photo": lambda make: {"live_photo": make.file(width=640, height=480, duration=2, photo=[make.picture()])},
    "video": lambda make: {"video": make.file(width=640, height=480, duration=3, thumbnail=make.picture())},
    "voice": lambda make: {"voice": make.file(duration=2, mime_type="audio/ogg")},
    "video_note": lambda make: {"video_note": make.file(length=240, duration=2, thumbnail=make.picture())},
    "document": lambda make: {"document": make.file(file_name=f"{make.word()}.pdf", mime_type="application/pdf")},
    "sticker": lambda make: {"sticker": make.sticker()},
    "animation": lambda make: animation(make.file(width=320, height=240, duration=1, mime_type="video/mp4")),
    "audio": lambda make: {"audio": make.file(duration=5, title=make.word(), performer=make.word())},
    "paid_media": lambda make: {
        "paid_media": {"star_count": 1, "paid_media": [{"type": "photo", "photo": [make.picture()]}]}
    },
    "story": lambda make: {"story": {"chat": make.elsewhere(), "id": 3}},
}

SHARED: dict[str, Kind] = {
    "text": lambda make: {"text": make.word()},
    "location": lambda make: {"location": make.place()},
    "venue": lambda make: venue(make.place(), make.word()),
    "contact": lambda make: {
        "contact": {
            "phone_number": make.canaries.telephone(),
            "first_name": make.word(),
            "user_id": make.number(),
        }
    },
    "poll": lambda make: {"poll": make.poll()},
    "dice": lambda _: {"dice": {"emoji": "🎲", "value": 4}},
    "checklist": lambda make: {"checklist": {"title": make.word(), "tasks": [make.task()]}},
    "game": lambda make: {
        "game": {"title": make.word(), "description": make.word(), "photo": [make.picture()]},
    },
    "invoice": lambda make: {
        "invoice": {
            "title": make.word(),
            "description": make.word(),
            "start_parameter": "x",
            "currency": "GBP",
            "total_amount": 100,
        }
    },
    "giveaway": lambda make: {"giveaway": make.giveaway()},
    "giveaway_winners": lambda make: {"giveaway_winners": make.winners()},
    "reply_to_story": lambda make: {
        "text": make.word(),
        "reply_to_story": {"chat": make.elsewhere(), "id": 3},
    },
}

SERVICE: dict[str, Kind] = {
    "boost_added": lambda _: {"boost_added": {"boost_count": 1}},
    "channel_chat_created": lambda _: {"channel_chat_created": True},
    "chat_background_set": lambda _: {
        "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🏠"}},
    },
    "chat_owner_changed": lambda make: {"chat_owner_changed": {"new_owner": make.user()}},
    "chat_owner_left": lambda make: {"chat_owner_left": {"new_owner": make.user()}},
    "chat_shared": lambda make: {"chat_shared": {"request_id": 1, "chat_id": -make.number()}},
    "checklist_tasks_added": lambda make: {"checklist_tasks_added": {"tasks": [make.task()]}},
    "checklist_tasks_done": lambda _: {"checklist_tasks_done": {"marked_as_done_task_ids": [1]}},
    "connected_website": lambda _: {"connected_website": "example.org"},
    "delete_chat_photo": lambda _: {"delete_chat_photo": True},
    "direct_message_price_changed": lambda _: {
        "direct_message_price_changed": {"are_direct_messages_enabled": True},
    },
    "forum_topic_closed": lambda _: {"forum_topic_closed": {}},
    "forum_topic_created": lambda make: {
        "forum_topic_created": {"name": make.word(), "icon_color": 7322096},
    },
    "forum_topic_edited": lambda make: {"forum_topic_edited": {"name": make.word()}},
    "forum_topic_reopened": lambda _: {"forum_topic_reopened": {}},
    "general_forum_topic_hidden": lambda _: {"general_forum_topic_hidden": {}},
    "general_forum_topic_unhidden": lambda _: {"general_forum_topic_unhidden": {}},
    "gift": lambda make: {
        "gift": {"gift": {"id": make.word(), "sticker": make.sticker(), "star_count": 1}},
    },
    "gift_upgrade_sent": lambda make: {
        "gift_upgrade_sent": {"gift": {"id": make.word(), "sticker": make.sticker(), "star_count": 1}},
    },
    "giveaway_completed": lambda _: {"giveaway_completed": {"winner_count": 1}},
    "giveaway_created": lambda _: {"giveaway_created": {}},
    "group_chat_created": lambda _: {"group_chat_created": True},
    "left_chat_member": lambda make: {"left_chat_member": make.user()},
    "managed_bot_created": lambda make: {"managed_bot_created": {"bot": {**make.user(), "is_bot": True}}},
    "message_auto_delete_timer_changed": lambda _: {
        "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    },
    "migrate_from_chat_id": lambda make: {"migrate_from_chat_id": -make.number()},
    "migrate_to_chat_id": lambda make: {"migrate_to_chat_id": -make.number()},
    "new_chat_members": lambda make: {"new_chat_members": [make.user()]},
    "new_chat_photo": lambda make: {"new_chat_photo": [make.picture()]},
    "new_chat_title": lambda make: {"new_chat_title": make.word()},
    "paid_message_price_changed": lambda _: {
        "paid_message_price_changed": {"paid_message_star_count": 1},
    },
    "passport_data": lambda make: {
        "passport_data": {
            "data": [],
            "credentials": {"data": make.word(), "hash": make.word(), "secret": make.word()},
        }
    },
    "pinned_message": lambda make: {"pinned_message": make.pinned()},
    "poll_option_added": lambda make: {
        "poll_option_added": {"option_persistent_id": make.word(), "option_text": make.word()},
    },
    "poll_option_deleted": lambda make: {
        "poll_option_deleted": {"option_persistent_id": make.word(), "option_text": make.word()},
    },
    "proximity_alert_triggered": lambda make: {
        "proximity_alert_triggered": {"traveler": make.user(), "watcher": make.person, "distance": 10},
    },
    "refunded_payment": lambda make: {"refunded_payment": make.payment()},
    "successful_payment": lambda make: {"successful_payment": make.payment()},
    "suggested_post_approval_failed": lambda _: {
        "suggested_post_approval_failed": {"price": {"currency": "XTR", "amount": 5}},
    },
    "suggested_post_approved": lambda make: {"suggested_post_approved": {"send_date": make.now}},
    "suggested_post_declined": lambda make: {"suggested_post_declined": {"comment": make.word()}},
    "suggested_post_info": lambda make: {
        "text": make.word(),
        "suggested_post_info": {"state": "pending"},
    },
    "suggested_post_paid": lambda _: {"suggested_post_paid": {"currency": "XTR"}},
    "suggested_post_refunded": lambda _: {"suggested_post_refunded": {"reason": "post_deleted"}},
    "supergroup_chat_created": lambda _: {"supergroup_chat_created": True},
    "unique_gift": lambda make: {"unique_gift": make.unique_gift()},
    "users_shared": lambda make: {
        "users_shared": {"request_id": 1, "users": [{"user_id": make.number()}]},
    },
    "video_chat_ended": lambda _: {"video_chat_ended": {"duration": 60}},
    "video_chat_participants_invited": lambda make: {
        "video_chat_participants_invited": {"users": [make.user()]},
    },
    "video_chat_scheduled": lambda make: {"video_chat_scheduled": {"start_date": make.now + 3600}},
    "video_chat_started": lambda _: {"video_chat_started": {}},
    "web_app_data": lambda make: {"web_app_data": {"data": make.word(), "button_text": make.word()}},
    "write_access_allowed": lambda _: {"write_access_allowed": {"from_request": True}},
}

KINDS: dict[str, Kind] = {**SHARED, **MEDIA, **SERVICE, "unknown": lambda _: {}}
"""Everything by name. ``unknown`` is a message of a kind not invented yet: a frame without content."""


def animation(file: Json) -> Json:
    """A moving picture comes as a document too, for older bots."""
    return {"animation": file, "document": file}


def venue(place: Json, word: str) -> Json:
    return {"venue": {"location": place, "title": word, "address": word}, "location": place}
