"""The support desk as an agent uses it, what stands on its shelf, and customers who need it."""

from typing import Any, Final

import httpx2
from playwright.async_api import Locator, Page, expect

from chat_server.client import new_key
from tests.e2e.node import ServerNode
from tests.patience import PATIENCE_S

WISH: Final = "I would like to talk to a person"
TEXTS: Final = {"en": "Hello {customer}, I am {agent}.", "ro": "Bună {customer}, sunt {agent}."}
PROMISED: Final = "Your refund is on its way, {customer}."
SHELF: Final[list[tuple[str, str, Any]]] = [
    ("POST", "canned", {"shortcut": "warmly", "title": "Warm greeting", "texts": TEXTS}),
    ("POST", "macros", {"name": "Promise and end", "steps": [
        {"kind": "label", "value": "refund"}, {"kind": "priority", "value": "2"},
        {"kind": "reply", "value": PROMISED}, {"kind": "resolve"},
    ]}),
    ("POST", "macros", {"name": "Sleep and end", "steps": [
        {"kind": "priority", "value": "1"}, {"kind": "snooze", "value": "60"}, {"kind": "resolve"},
    ]}),
]  # fmt: skip
"""What the supervisor has made for her colleagues. Who has not claimed a thread cannot let it sleep."""


class Customer:
    """A buyer of the demo who needs help, without a browser."""

    def __init__(self, market: ServerNode, token: str) -> None:
        self._url = f"{market.url}/api/v1"
        self._headers = {"authorization": f"Bearer {token}"}
        self._thread = ""

    async def comes(self) -> None:
        """Opens his conversation with support."""
        self._thread = (await self._post("/threads", support="help"))["id"]

    async def says(self, text: str, **fields: str) -> None:
        """Writes there."""
        path = f"/threads/{self._thread}/messages"
        await self._post(path, client_key=new_key(), text=text, **fields)

    async def _post(self, path: str, **body: str) -> Any:
        async with httpx2.AsyncClient(
            base_url=self._url, headers=self._headers, timeout=PATIENCE_S
        ) as http:
            answer = await http.post(path, json=body)
            assert answer.is_success, answer.text
            return answer.json()


async def asks(market: ServerNode, *texts: str, person: str = "ana") -> Customer:
    """Somebody who says these words and asks for a person."""
    async with httpx2.AsyncClient(base_url=market.url, timeout=PATIENCE_S) as http:
        token = (await http.post("/demo/token", json={"person": person})).json()["token"]
    customer = Customer(market, token)
    await customer.comes()
    for text in texts:
        await customer.says(text)
    await customer.says(WISH, pick="human")
    return customer


class DeskPage:
    """The desk as an agent uses it, in English."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.locator(".desk-row")
        self.reply = page.get_by_role("textbox", name="Message", exact=True)
        self.note = page.get_by_role("textbox", name="Private note")
        self.head = page.locator(".thread-head")

    def row(self, name: str) -> Locator:
        return self.rows.filter(has_text=name)

    def said(self, text: str) -> Locator:
        return self.page.locator(".bubble-row").filter(has_text=text)

    async def list(self, name: str) -> None:
        await self.page.get_by_role("tab", name=name).click()

    async def open(self, name: str, inside: str = "All") -> None:
        await self.list(inside)
        await self.row(name).click()
        await expect(self.page.locator(".bubble-row").first).to_be_visible()
