"""Every kind of update and every part of a message that the Bot API knows, and what becomes of each.

A test compares both tables with the library's own lists, so that a new kind cannot slip by undecided.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class Fate(Enum):
    """What becomes of an update or of a part of a message."""

    ANSWERED = "the person gets an answer"
    READ = "its words are read, once, and answered"
    EVENT = "something that happened in the chat, not something the person said: no answer"
    DETAIL = "goes along with a message and decides nothing by itself"
    IGNORED = "deliberately not asked for, and ignored if it comes"


UPDATES: Final[Mapping[str, Fate]] = MappingProxyType(
    {
        "message": Fate.ANSWERED,
        "edited_message": Fate.ANSWERED,
        "callback_query": Fate.ANSWERED,
        # Added to a group or a channel: says once to write in private, and leaves. Blocked or unblocked: no answer.
        "my_chat_member": Fate.ANSWERED,
        "channel_post": Fate.ANSWERED,
        "edited_channel_post": Fate.IGNORED,
        # Inline queries would carry what somebody types in other people's chats.
        "inline_query": Fate.IGNORED,
        "chosen_inline_result": Fate.IGNORED,
        "guest_message": Fate.IGNORED,
        # A business account's chats belong to that business and its customers.
        "business_connection": Fate.IGNORED,
        "business_message": Fate.IGNORED,
        "edited_business_message": Fate.IGNORED,
        "deleted_business_messages": Fate.IGNORED,
        # What other people do in a chat.
        "chat_member": Fate.IGNORED,
        "chat_join_request": Fate.IGNORED,
        "chat_boost": Fate.IGNORED,
        "removed_chat_boost": Fate.IGNORED,
        "message_reaction": Fate.IGNORED,
        "message_reaction_count": Fate.IGNORED,
        "poll": Fate.IGNORED,
        "poll_answer": Fate.IGNORED,
        "managed_bot": Fate.IGNORED,
        # The bot sells nothing.
        "shipping_query": Fate.IGNORED,
        "pre_checkout_query": Fate.IGNORED,
        "purchased_paid_media": Fate.IGNORED,
    }
)

ALLOWED_UPDATES: Final = tuple(kind for kind, fate in UPDATES.items() if fate is Fate.ANSWERED)
"""What to ask Telegram for, at every poll: left out, the setting of some earlier program would stay."""

PICTURE: Final = "notice_picture"
VOICE: Final = "notice_voice"
LOCATION: Final = "notice_location"
CONTACT: Final = "notice_contact"
FORWARDED: Final = "notice_forwarded"
ONLY_WORDS: Final = "notice_only_words"

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "photo": PICTURE,
        "live_photo": PICTURE,
        "video": PICTURE,
        "video_note": PICTURE,
        "animation": PICTURE,
        "document": PICTURE,
        "paid_media": PICTURE,
        "story": PICTURE,
        "voice": VOICE,
        "audio": VOICE,
        "location": LOCATION,
        "venue": LOCATION,
        "contact": CONTACT,
        "sticker": ONLY_WORDS,
        "dice": ONLY_WORDS,
        "poll": ONLY_WORDS,
        "checklist": ONLY_WORDS,
        "game": ONLY_WORDS,
        "invoice": ONLY_WORDS,
        "giveaway": ONLY_WORDS,
        "giveaway_winners": ONLY_WORDS,
        "reply_to_story": ONLY_WORDS,
    }
)
"""Part of a message → key of the shared text that answers it. None of them is ever opened or fetched."""

_READ = ("text", "caption")
_FORWARDED = ("forward_origin", "is_automatic_forward")
_EVENTS = [
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_changed",
    "chat_owner_left",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "gift",
    "gift_upgrade_sent",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_approval_failed",
    "suggested_post_approved",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "supergroup_chat_created",
    "unique_gift",
    "users_shared",
    "video_chat_ended",
    "video_chat_participants_invited",
    "video_chat_scheduled",
    "video_chat_started",
    "web_app_data",
    "write_access_allowed",
]
_DETAILS = [
    "author_signature",
    "business_connection_id",
    "caption_entities",
    "chat",
    "date",
    "direct_messages_topic",
    "edit_date",
    "effect_id",
    "entities",
    "external_reply",
    "from_user",
    "guest_bot_caller_chat",
    "guest_bot_caller_user",
    "guest_query_id",
    "has_media_spoiler",
    "has_protected_content",
    "is_from_offline",
    "is_paid_post",
    "is_topic_message",
    "link_preview_options",
    "media_group_id",
    "message_id",
    "message_thread_id",
    "paid_star_count",
    "quote",
    "reply_markup",
    "reply_to_checklist_task_id",
    "reply_to_message",
    "reply_to_poll_option_id",
    "sender_boost_count",
    "sender_business_bot",
    "sender_chat",
    "sender_tag",
    "show_caption_above_media",
    "suggested_post_info",
    "via_bot",
]

MESSAGE_PARTS: Final[Mapping[str, Fate]] = MappingProxyType(
    dict.fromkeys(_READ, Fate.READ)
    | dict.fromkeys((*NOTICES, *_FORWARDED), Fate.ANSWERED)
    | dict.fromkeys(_EVENTS, Fate.EVENT)
    | dict.fromkeys(_DETAILS, Fate.DETAIL)
)
"""Part of a message, by the library's name for it → its fate. What is in no list is answered with `ONLY_WORDS`."""

EVENTS: Final = frozenset(part for part, fate in MESSAGE_PARTS.items() if fate is Fate.EVENT)

FORWARD_MARKS: Final = frozenset(
    {*_FORWARDED, "forward_date", "forward_from", "forward_from_chat", "forward_sender_name"}
)
"""Any of these says that the words are somebody else's. Servers of earlier versions send the last four."""
