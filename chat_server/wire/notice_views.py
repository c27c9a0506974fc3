"""Notices as clients see them."""

import json
from typing import Any

import msgspec

from chat_server.domain.ids import show
from chat_server.domain.notices import (
    ABOUT_COMPLAINTS,
    ABOUT_DISPUTES,
    ABOUT_ORDERS,
    Kind,
    NoticeRow,
)
from chat_server.wire.notices import Notice


def notice_view(row: NoticeRow) -> Notice:
    """What somebody was told."""
    params: dict[str, Any] = json.loads(row.params)
    kind = Kind(row.kind)
    return msgspec.convert(
        {
            "thread_id": params.get("thread"),
            "id": show(row.id),
            "kind": row.kind,
            "at": row.at,
            "read": row.read_at is not None,
            "shop_id": show(row.shop_id) if row.shop_id is not None else None,
            _subject(kind): show(row.subject_id),
            "title": params.get("title", ""),
            "shop": params.get("shop_name", ""),
            "part": params.get("part", ""),
            "reason": params.get("reason", ""),
            "stars": params.get("stars", 0),
            "until": params.get("until"),
            "code": params.get("code", ""),
            "by": params.get("by", ""),
            "state": params.get("state", ""),
        },
        Notice,
    )


def _subject(kind: Kind) -> str:
    """Which field says what a notice is about."""
    if kind is Kind.ANSWER_DUE:
        return "thread_id"
    if kind in ABOUT_COMPLAINTS:
        return "complaint_id"
    if kind in ABOUT_DISPUTES:
        return "dispute_id"
    return "order_id" if kind in ABOUT_ORDERS else "review_id"
