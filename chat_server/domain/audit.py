"""What of the doings of those who work here is kept: names of deeds; how a row is written is not known here."""

import enum


class Action(enum.StrEnum):
    """What was done. The names are stored, so they stay as they are."""

    SIGNED_IN = "signed_in"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a deed, and no password
    INVITED = "invited"
    PERSON_CHANGED = "person_changed"
    TEAM_CHANGED = "team_changed"
    CANNED_CHANGED = "canned_changed"
    LABELS_CHANGED = "labels_changed"
    MACRO_CHANGED = "macro_changed"
    BRAND_CHANGED = "brand_changed"

    VIEWED = "viewed"
    CLAIMED = "claimed"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    GIVEN_BACK = "given_back"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    LABELLED = "labelled"
    PRIORITISED = "prioritised"
    NOTED = "noted"
    RETURNED = "returned"
    """An agent let a thread wait, and it went back to the queue."""

    EXPORTED = "exported"
    SEARCHED = "searched"

    RATING_ANNULLED = "rating_annulled"
    REVIEW_DECIDED = "review_decided"
    REVIEW_HIDDEN = "review_hidden"
    MEDIATED = "mediated"
    REPORTS_SETTLED = "reports_settled"
    WEBHOOKS_CHANGED = "webhooks_changed"
