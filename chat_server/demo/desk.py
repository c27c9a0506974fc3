"""What the demo's support desk begins with: labels, texts that are said often, macros, and a team for sellers."""

import json
from typing import Final

from chat_server.actions.context import Context
from chat_server.ports import ANY, Commit, Query, Statement, Value

MARK: Final = "demo_desk"

LABELS: Final = (
    ("delivery", "Delivery", "#1c7ed6"),
    ("refund", "Refund", "#2b8a3e"),
    ("damaged", "Damaged goods", "#d9480f"),
    ("account", "Account", "#9c36b5"),
)

CANNED: Final = {
    ("hello", "A greeting"): {
        "en": "Hello {customer}, this is {agent}. Let me have a look.",
        "ru": "Здравствуйте, {customer}! Это {agent}. Сейчас посмотрю.",
        "ro": "Bună ziua, {customer}! Sunt {agent}. Mă uit imediat.",
        "es": "Hola, {customer}, soy {agent}. Lo miro ahora mismo.",
    },
    ("photo", "Ask for a photo"): {
        "en": "Could you send a photo of it, and of the parcel that it came in?",
        "ru": "Пришлите, пожалуйста, фото товара и упаковки, в которой он пришёл.",
        "ro": "Îmi puteți trimite o fotografie a produsului și a coletului?",
        "es": "¿Puede enviar una foto del artículo y del paquete en que llegó?",
    },
    ("carrier", "I asked the carrier"): {
        "en": "I have asked the carrier about order {order} and will write to you here as soon as they answer.",
        "ru": "Я спросил перевозчика о заказе {order} и напишу сюда, как только он ответит.",
        "ro": "Am întrebat curierul despre comanda {order} și vă scriu aici imediat ce răspunde.",
        "es": "He preguntado al transportista por el pedido {order} y le escribo aquí en cuanto responda.",
    },
    ("bye", "A good end"): {
        "en": "Glad that it is settled. Write here whenever you need us.",
        "ru": "Рад, что всё решилось. Пишите сюда, когда понадобимся.",
        "ro": "Mă bucur că s-a rezolvat. Scrieți aici oricând aveți nevoie de noi.",
        "es": "Me alegro de que esté resuelto. Escriba aquí cuando nos necesite.",
    },
}

MACROS: Final = {
    "Ask the carrier and wait": [
        {"kind": "reply", "value": "I have asked the carrier and will write to you here as soon as they answer."},
        {"kind": "label", "value": "delivery"},
        {"kind": "snooze", "value": "180"},
    ],
    "Settled": [
        {"kind": "reply", "value": "Glad that it is settled. Write here whenever you need us."},
        {"kind": "resolve"},
    ],
}  # fmt: skip

SELLERS: Final[dict[str, Value]] = {
    "id": 2,
    "name": "Sellers",
    "languages": "",
    "topics": "selling",
    "zone": "Europe/Chisinau",
    "hours": json.dumps({"windows": [[day, 9 * 60, 9 * 60] for day in range(5)], "exceptions": {}}),
    "first_answer_minutes": 60,
    "resolution_minutes": 2 * 1440,
}

_MARKED: Final = Query("meta_value", lambda value: str(value))
_STAFF: Final = Query("staff_names", lambda id, *_: int(id))


async def furnish(ctx: Context) -> None:
    """Puts it there once; what people have changed since is left alone."""
    if await ctx.store.one(_MARKED, key=MARK) is not None:
        return
    staff = await ctx.store.all(_STAFF)
    marked = Statement("put_meta", {"key": MARK, "value": "1"}, ANY)
    await ctx.store.commit(Commit([marked, *_tools(ctx), *_team(ctx, staff)]))


def _tools(ctx: Context) -> list[Statement]:
    labels = [
        Statement("add_label", {"slug": slug, "name": name, "color": color})
        for slug, name, color in LABELS
    ]
    canned = [
        Statement(
            "add_canned",
            {
                "id": ctx.ids.new_id(),
                "shortcut": shortcut,
                "title": title,
                "texts": json.dumps(texts, ensure_ascii=False),
                "team_id": None,
            },
        )
        for (shortcut, title), texts in CANNED.items()
    ]
    macros = [
        Statement(
            "add_macro",
            {"id": ctx.ids.new_id(), "name": name, "steps": json.dumps(steps), "team_id": None},
        )
        for name, steps in MACROS.items()
    ]
    return [*labels, *canned, *macros]


def _team(ctx: Context, staff: list[int]) -> list[Statement]:
    seats = [
        Statement("seat_in_team", {"team_id": SELLERS["id"], "person_id": person})
        for person in staff
    ]
    return [Statement("add_team", {**SELLERS, "at": ctx.clock.now_ms()}), *seats]
