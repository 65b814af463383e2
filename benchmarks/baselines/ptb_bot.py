"""A plain menu bot on python-telegram-bot with everything at its default, as its own examples write one."""

from __future__ import annotations

import logging
import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from benchmarks.baselines.menu import PAGES, targets

logging.disable(logging.CRITICAL)


def keyboard(page: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(f"To page {to}", callback_data=str(to))] for to in targets(page)]
    )


async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(PAGES[0], parse_mode="HTML", reply_markup=keyboard(0))


async def press(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    assert query.data is not None
    await query.answer()
    page = int(query.data)
    await query.edit_message_text(PAGES[page], parse_mode="HTML", reply_markup=keyboard(page))


application = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{os.environ['BOT_API']}/bot").build()
application.add_handler(CommandHandler("start", start))
application.add_handler(CallbackQueryHandler(press))
application.run_polling()
