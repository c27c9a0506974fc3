"""Who may say what of a purchase, and when."""

import pytest

from chat_server.domain.errors import Invalid, NotAllowed
from chat_server.domain.ids import PersonId, ShopId
from chat_server.domain.messages import MAX_PHOTOS, MAX_TEXT
from chat_server.domain.people import Actor, Role, Side
from chat_server.domain.publishing import Piece, State
from chat_server.domain.review_faults import REFUSALS, Fault
from chat_server.domain.reviews import (
    AGAIN_MS,
    ANSWERED,
    FOLLOWUP_AFTER_MS,
    FOLLOWUP_UNTIL_MS,
    LASTS_MS,
    REVIEW_WINDOW_MS,
    WRITERS,
    Detail,
    Part,
    Purchase,
    Review,
    annul_fault,
    closes_at,
    content_fault,
    details_fault,
    followup_opens_at,
    is_shown,
    public_name,
    rate_fault,
    reinstate_fault,
    report_fault,
    send_fault,
    vote_fault,
)
from chat_server.domain.rules import RULES, Quantity

DAY = 24 * 3600 * 1000
RECEIVED = 1_800_000_000_000
RATED = RECEIVED + 3 * DAY
LATER = RATED + 2 * DAY

BUYER, SHOP = PersonId(10), ShopId(20)
PURCHASE = Purchase(BUYER, SHOP, RECEIVED)

author = Actor(BUYER, Role.BUYER)
seller = Actor(PersonId(11), Role.SELLER, frozenset({SHOP}))
both = Actor(BUYER, Role.BUYER, frozenset({SHOP}))
other_seller = Actor(PersonId(12), Role.SELLER, frozenset({ShopId(21)}))
stranger = Actor(PersonId(13), Role.BUYER)


def pending(sent_at: int = RATED) -> Piece:
    return Piece(State.PENDING, sent_at)


def published(published_at: int = RATED) -> Piece:
    return Piece(State.PUBLISHED, RATED, 1, published_at, published_at)


def refused(decided_at: int = RATED) -> Piece:
    return Piece(State.REFUSED, RATED, 1, decided_at, None, "insult")


def hidden(published_at: int = RATED) -> Piece:
    return Piece(State.HIDDEN, RATED, 1, published_at + DAY, published_at, "other")


def review(**parts: Piece) -> Review:
    """A rating with the parts that are named."""
    return Review(
        BUYER, SHOP, RECEIVED, RATED, {Part(name): piece for name, piece in parts.items()}
    )


def test_every_fault_is_a_mistake_that_can_be_raised() -> None:
    assert set(REFUSALS) == set(Fault)


def test_every_part_has_a_writer_and_an_end_or_something_that_it_answers() -> None:
    assert set(WRITERS) == set(Part)
    assert set(LASTS_MS) | set(ANSWERED) == set(Part)
    assert {part for part in Part if WRITERS[part] is Side.SHOP} == set(ANSWERED)


def test_the_bot_quotes_the_windows_that_are_kept() -> None:
    assert {name: RULES[name] for name in RULES if "review" in name or "follow" in name} == {
        "review_window": Quantity(30, "day"),
        "review_again": Quantity(7, "day"),
        "followup_after": Quantity(24, "hour"),
        "followup_until": Quantity(180, "day"),
    }
    assert RULES["rating_months"] == Quantity(6, "month")
    assert RULES["rating_merge"] == Quantity(10, "day")


class TestStars:
    """The rating of a line and the details of an order."""

    @pytest.mark.parametrize("stars", range(1, 6))
    def test_the_buyer_rates_what_he_received(self, stars: int) -> None:
        assert rate_fault(PURCHASE, author, stars, RECEIVED, rated=False) == ""

    @pytest.mark.parametrize("stars", [0, 6, -1])
    def test_stars_are_one_to_five(self, stars: int) -> None:
        assert rate_fault(PURCHASE, author, stars, RATED, rated=False) == Fault.STARS

    @pytest.mark.parametrize("by", [stranger, seller, other_seller])
    def test_nobody_else_rates_it(self, by: Actor) -> None:
        assert rate_fault(PURCHASE, by, 5, RATED, rated=False) == Fault.NOT_BUYER

    def test_nobody_rates_his_own_shop(self) -> None:
        assert rate_fault(PURCHASE, both, 5, RATED, rated=False) == Fault.OWN_SHOP

    def test_nothing_is_rated_before_it_was_received(self) -> None:
        waiting = PURCHASE._replace(received_at=None)

        assert rate_fault(waiting, author, 5, RATED, rated=False) == Fault.NOT_RECEIVED

    def test_thirty_days_after_receipt_it_is_too_late(self) -> None:
        end = RECEIVED + 30 * DAY

        assert rate_fault(PURCHASE, author, 5, end - 1, rated=False) == ""
        assert rate_fault(PURCHASE, author, 5, end, rated=False) == Fault.WINDOW_OVER

    def test_stars_are_final(self) -> None:
        assert rate_fault(PURCHASE, author, 5, RATED, rated=True) == Fault.RATED

    @pytest.mark.parametrize("details", [{"shipping": 1}, dict.fromkeys(Detail, 5)])
    def test_any_details_are_given_together(self, details: dict[str, int]) -> None:
        assert details_fault(PURCHASE, author, details, RATED, given=False) == ""

    @pytest.mark.parametrize("details", [{}, {"taste": 5}, {"shipping": 0}, {"described": 6}])
    def test_details_are_the_three_that_there_are(self, details: dict[str, int]) -> None:
        assert details_fault(PURCHASE, author, details, RATED, given=False) == Fault.DETAILS

    def test_details_are_given_once_by_the_buyer_in_the_window(self) -> None:
        details = {"communication": 4}

        again = details_fault(PURCHASE, author, details, RATED, given=True)
        foreign = details_fault(PURCHASE, seller, details, RATED, given=False)
        late = details_fault(PURCHASE, author, details, RECEIVED + 30 * DAY, given=False)

        assert (again, foreign, late) == (Fault.DETAILS_GIVEN, Fault.NOT_BUYER, Fault.WINDOW_OVER)

    def test_a_rating_is_annulled_once_and_with_a_reason(self) -> None:
        assert annul_fault(annulled=False, reason="Bought from himself.") == ""
        assert annul_fault(annulled=False, reason=" \n") == Fault.REASON
        assert annul_fault(annulled=True, reason="Again.") == Fault.ANNULLED

    def test_only_what_is_annulled_is_reinstated(self) -> None:
        assert reinstate_fault(annulled=True) == ""
        assert reinstate_fault(annulled=False) == Fault.NOT_ANNULLED


class TestText:
    """Words and photos beside the stars."""

    @pytest.mark.parametrize(
        ("text", "photos", "fault"),
        [
            ("Good.", 0, ""),
            ("", MAX_PHOTOS, ""),
            (" ", 0, "empty"),
            ("a" * (MAX_TEXT + 1), 0, "too_long"),
            ("Good.", MAX_PHOTOS + 1, "too_many_photos"),
            ("\x00", 1, "nul"),
        ],
    )
    def test_it_has_the_limits_of_a_message(self, text: str, photos: int, fault: str) -> None:
        assert content_fault(text, photos) == fault

    def test_it_may_be_added_once_in_the_window(self) -> None:
        end = RECEIVED + REVIEW_WINDOW_MS

        assert send_fault(review(), Part.TEXT, author, RATED) == ""
        assert send_fault(review(), Part.TEXT, author, end - 1) == ""
        assert send_fault(review(), Part.TEXT, author, end) == Fault.WINDOW_OVER

    @pytest.mark.parametrize("piece", [pending(), published(), hidden()])
    def test_what_was_sent_is_not_changed(self, piece: Piece) -> None:
        assert send_fault(review(text=piece), Part.TEXT, author, LATER) == Fault.SENT

    @pytest.mark.parametrize("by", [seller, other_seller, stranger, both])
    @pytest.mark.parametrize("part", [Part.TEXT, Part.FOLLOWUP])
    def test_nobody_writes_it_but_the_buyer(self, by: Actor, part: Part) -> None:
        assert send_fault(review(), part, by, LATER) == Fault.NOT_AUTHOR

    def test_a_refusal_early_in_the_window_leaves_all_of_it(self) -> None:
        early, end = review(text=refused(RATED)), RECEIVED + REVIEW_WINDOW_MS

        assert closes_at(early, Part.TEXT) == end
        assert send_fault(early, Part.TEXT, author, end - 1) == ""
        assert send_fault(early, Part.TEXT, author, end) == Fault.WINDOW_OVER

    def test_a_refusal_late_in_the_window_gives_seven_days_more(self) -> None:
        decided = RECEIVED + 40 * DAY
        late = review(text=refused(decided))

        assert closes_at(late, Part.TEXT) == decided + AGAIN_MS
        assert send_fault(late, Part.TEXT, author, decided + AGAIN_MS - 1) == ""
        assert send_fault(late, Part.TEXT, author, decided + AGAIN_MS) == Fault.WINDOW_OVER

    def test_a_first_text_does_not_come_after_the_followup(self) -> None:
        told = review(followup=pending(LATER))

        assert send_fault(told, Part.TEXT, author, LATER) == Fault.FOLLOWUP_SENT

    def test_a_refused_text_may_be_mended_after_the_followup(self) -> None:
        told = review(text=refused(), followup=published(LATER))

        assert send_fault(told, Part.TEXT, author, LATER) == ""


class TestFollowup:
    """What the buyer adds after some time."""

    @pytest.mark.parametrize(
        ("parts", "since"),
        [
            ({}, RATED),
            ({"text": published(LATER)}, LATER),
            ({"text": hidden(LATER)}, LATER),
            ({"text": refused(LATER)}, RATED),
        ],
    )
    def test_it_may_come_a_day_after_the_publication_or_else_after_the_rating(
        self, parts: dict[str, Piece], since: int
    ) -> None:
        given, opens = review(**parts), since + FOLLOWUP_AFTER_MS

        assert followup_opens_at(given) == opens
        assert send_fault(given, Part.FOLLOWUP, author, opens - 1) == Fault.FOLLOWUP_EARLY
        assert send_fault(given, Part.FOLLOWUP, author, opens) == ""

    def test_it_waits_for_the_decision_on_the_text(self) -> None:
        waiting = review(text=pending())

        assert followup_opens_at(waiting) is None
        assert send_fault(waiting, Part.FOLLOWUP, author, LATER) == Fault.TEXT_PENDING

    def test_it_may_come_until_half_a_year_after_receipt(self) -> None:
        end = RECEIVED + FOLLOWUP_UNTIL_MS

        assert send_fault(review(), Part.FOLLOWUP, author, end - 1) == ""
        assert send_fault(review(), Part.FOLLOWUP, author, end) == Fault.FOLLOWUP_OVER

    @pytest.mark.parametrize("piece", [pending(LATER), published(LATER), hidden(LATER)])
    def test_there_is_one(self, piece: Piece) -> None:
        assert send_fault(review(followup=piece), Part.FOLLOWUP, author, LATER) == Fault.SENT

    def test_refused_it_may_be_sent_again_though_the_text_waits(self) -> None:
        decided = RECEIVED + 179 * DAY
        given = review(text=pending(), followup=refused(decided))

        assert send_fault(given, Part.FOLLOWUP, author, decided + AGAIN_MS - 1) == ""
        assert (
            send_fault(given, Part.FOLLOWUP, author, decided + AGAIN_MS) == Fault.FOLLOWUP_OVER
        )  # fmt: skip


class TestReplies:
    """What the shop may say below, once."""

    @pytest.mark.parametrize(("part", "answered"), list(ANSWERED.items()))
    def test_the_shop_answers_what_is_published_whenever_it_likes(
        self, part: Part, answered: Part
    ) -> None:
        given = review(**{answered: published()})

        assert closes_at(given, part) is None
        assert send_fault(given, part, seller, RECEIVED + 1000 * DAY) == ""

    @pytest.mark.parametrize(("part", "answered"), list(ANSWERED.items()))
    @pytest.mark.parametrize("piece", [pending(), refused(), hidden(), None])
    def test_it_does_not_answer_what_nobody_sees(
        self, part: Part, answered: Part, piece: Piece | None
    ) -> None:
        given = review() if piece is None else review(**{answered: piece})

        assert send_fault(given, part, seller, LATER) == Fault.NOT_PUBLISHED

    @pytest.mark.parametrize("by", [author, other_seller, stranger, both])
    @pytest.mark.parametrize("part", ANSWERED)
    def test_nobody_answers_but_the_shop(self, by: Actor, part: Part) -> None:
        given = review(text=published(), followup=published())

        assert send_fault(given, part, by, LATER) == Fault.NOT_SHOP

    def test_there_is_one_reply_to_each(self) -> None:
        given = review(text=published(), followup=published(), reply=published())

        assert send_fault(given, Part.REPLY, seller, LATER) == Fault.SENT
        assert send_fault(given, Part.FOLLOWUP_REPLY, seller, LATER) == ""

    def test_a_refused_reply_may_be_sent_again_while_it_has_something_to_answer(self) -> None:
        shown = review(text=published(), reply=refused())
        gone = review(text=hidden(), reply=refused())

        assert send_fault(shown, Part.REPLY, seller, RECEIVED + 1000 * DAY) == ""
        assert send_fault(gone, Part.REPLY, seller, LATER) == Fault.NOT_PUBLISHED

    def test_a_reply_is_not_shown_without_what_it_answers(self) -> None:
        assert is_shown(review(text=published(), reply=published()), Part.REPLY)
        assert not is_shown(review(text=hidden(), reply=published()), Part.REPLY)
        assert not is_shown(review(text=published(), reply=pending()), Part.REPLY)

    def test_a_followup_is_shown_without_its_text(self) -> None:
        assert is_shown(review(text=refused(), followup=published()), Part.FOLLOWUP)


class TestReaders:
    """Helpful votes, reports, and what they see of the author."""

    shown = review(text=published(), reply=published())

    @pytest.mark.parametrize("by", [stranger, other_seller])
    def test_who_is_signed_in_votes_once(self, by: Actor) -> None:
        assert vote_fault(self.shown, by, voted=False) == ""
        assert vote_fault(self.shown, by, voted=True) == Fault.VOTED

    @pytest.mark.parametrize("by", [author, seller, both])
    def test_neither_author_nor_shop_votes(self, by: Actor) -> None:
        assert vote_fault(self.shown, by, voted=False) == Fault.OWN_REVIEW

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUYER, Role.SELLER}))
    def test_nobody_else_votes_or_reports(self, role: Role) -> None:
        somebody = Actor(PersonId(14), role)

        assert vote_fault(self.shown, somebody, voted=False) == Fault.NOT_READER
        assert report_fault(self.shown, Part.TEXT, somebody, reported=False) == Fault.NOT_READER

    def test_a_followup_alone_can_be_helpful(self) -> None:
        assert vote_fault(review(followup=published()), stranger, voted=False) == ""

    @pytest.mark.parametrize("given", [review(), review(text=pending()), review(text=hidden())])
    def test_what_nobody_sees_gets_no_votes_and_no_reports(self, given: Review) -> None:
        assert vote_fault(given, stranger, voted=False) == Fault.NOT_PUBLISHED
        assert report_fault(given, Part.TEXT, stranger, reported=False) == Fault.NOT_PUBLISHED

    def test_each_side_reports_the_other_once_and_not_itself(self) -> None:
        assert report_fault(self.shown, Part.TEXT, seller, reported=False) == ""
        assert report_fault(self.shown, Part.REPLY, author, reported=False) == ""
        assert report_fault(self.shown, Part.REPLY, seller, reported=False) == Fault.OWN_WORDS
        assert report_fault(self.shown, Part.TEXT, author, reported=False) == Fault.OWN_WORDS
        assert report_fault(self.shown, Part.TEXT, stranger, reported=True) == Fault.REPORTED

    @pytest.mark.parametrize(
        ("name", "initial"),
        [
            ("Anna Rusu", "A"),
            ("ștefan", "Ș"),
            ("«Мария»", "М"),
            ("  🙂 7 élan", "É"),
            ("e\u0301lan", "É"),
            ("\u202eevil", "E"),
            ("\u3164李明", "李"),
            ("ßaß", "ß"),
            ("فاطمة", "ف"),
            ("12345", ""),
            ("", ""),
        ],
    )
    def test_of_the_author_the_public_sees_one_letter_and_the_country(
        self, name: str, initial: str
    ) -> None:
        assert public_name(name, "MD") == (initial, "MD")


def test_refusals_of_rights_and_of_states_are_told_apart() -> None:
    assert REFUSALS[Fault.NOT_SHOP] is NotAllowed
    assert REFUSALS[Fault.STARS] is Invalid
