"""A plain menu bot on aiogram 3 with everything at its default. Needs an interpreter that has aiogram."""

from __future__ import annotations

import asyncio
import logging
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from benchmarks.baselines.menu import PAGES, targets

logging.disable(logging.CRITICAL)
dispatcher = Dispatcher()


def keyboard(page: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=f"To page {to}", callback_data=str(to))] for to in targets(page)]
    )


@dispatcher.message(Command("start"))
async def start(message: Message) -> None:
    await message.answer(PAGES[0], parse_mode="HTML", reply_markup=keyboard(0))


@dispatcher.callback_query()
async def press(query: CallbackQuery) -> None:
    await query.answer()
    page = int(query.data)
    await query.message.edit_text(PAGES[page], parse_mode="HTML", reply_markup=keyboard(page))


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API"]))
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


asyncio.run(main())
