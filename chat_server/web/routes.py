"""Every operation of the API in one list: its index, from which router, document and role matrix are made."""

from typing import Final

from chat_server.web import backend, knowledge, orders, photos, sessions, staff, support, threads
from chat_server.web.operations import Caller, Operation
from chat_server.wire import bodies, shapes
from chat_server.wire.codes import ErrorCode as E

ANYONE, CUSTOMER, BACKEND = Caller.ANYONE, Caller.CUSTOMER, Caller.BACKEND
STAFF, SUPERVISOR = Caller.STAFF, Caller.SUPERVISOR

OPERATIONS: Final = (
    Operation("POST", "/socket-tickets", CUSTOMER, sessions.give_ticket, "A ticket for one socket", bodies.Ticket, 201),
    Operation("GET", "/me", CUSTOMER, sessions.get_me, "Who I am", bodies.Me),
    Operation("POST", "/inbox/session", ANYONE, sessions.open_inbox, "Open the inbox with a link", bodies.Me, body=bodies.OpenInbox, errors=(E.UNAUTHENTICATED,)),
    Operation("DELETE", "/inbox/session", CUSTOMER, sessions.close_inbox, "Sign out of the inbox", status=204),
    Operation("GET", "/unread", CUSTOMER, threads.get_unread, "Unread messages", bodies.Unread),
    Operation("GET", "/threads", CUSTOMER, threads.list_threads, "My threads", bodies.ThreadPage, query=threads.ListQuery),
    Operation("POST", "/threads", CUSTOMER, threads.open_thread, "Open a thread", shapes.ThreadView, body=bodies.OpenThread, errors=(E.NOT_FOUND, E.NOT_ALLOWED, E.BLOCKED)),
    Operation("GET", "/threads/{thread}", CUSTOMER, threads.get_thread, "One thread", shapes.ThreadView, errors=(E.NOT_FOUND,)),
    Operation("GET", "/threads/{thread}/events", CUSTOMER, threads.read_history, "Events of a thread", bodies.EventPage, query=threads.HistoryQuery, errors=(E.NOT_FOUND,)),
    Operation("POST", "/threads/{thread}/messages", CUSTOMER, threads.post_message, "Say something", bodies.Posted201, 201, bodies.PostMessage, errors=(E.NOT_FOUND, E.BLOCKED, E.KEY_REUSED)),
    Operation("PATCH", "/threads/{thread}/messages/{seq}", CUSTOMER, threads.edit_message, "Change an own message", bodies.Posted201, body=bodies.ChangeMessage, errors=(E.NOT_FOUND, E.NOT_ALLOWED, E.BLOCKED, E.WRONG_STATE, E.STALE, E.KEY_REUSED)),
    Operation("POST", "/threads/{thread}/messages/{seq}/withdrawal", CUSTOMER, threads.withdraw_message, "Take an own message back", bodies.Posted201, body=bodies.WithdrawBody, errors=(E.NOT_FOUND, E.NOT_ALLOWED, E.WRONG_STATE, E.STALE, E.KEY_REUSED)),
    Operation("POST", "/threads/{thread}/messages/{seq}/report", CUSTOMER, threads.report_message, "Report a message", status=204, body=bodies.ReportBody, errors=(E.NOT_FOUND, E.NOT_ALLOWED, E.KEY_REUSED)),
    Operation("PUT", "/threads/{thread}/marks", CUSTOMER, threads.put_marks, "Mark as delivered or read", status=204, body=bodies.PutMarks, errors=(E.NOT_FOUND,)),
    Operation("PUT", "/threads/{thread}/settings", CUSTOMER, threads.put_settings, "Mute or archive", shapes.ThreadView, body=bodies.PutThreadSettings, errors=(E.NOT_FOUND,)),
    Operation("PUT", "/threads/{thread}/block", CUSTOMER, threads.put_block, "Block the other side", shapes.ThreadView, body=bodies.PutBlock, errors=(E.NOT_FOUND, E.NOT_ALLOWED)),
    Operation("GET", "/search", CUSTOMER, threads.search_messages, "Search my messages", bodies.SearchPage, query=threads.SearchQuery),
    Operation("GET", "/orders", CUSTOMER, orders.list_orders, "My orders", bodies.OrderPage, query=threads.PageQuery),
    Operation("GET", "/orders/{order}", CUSTOMER, orders.get_order, "One order", shapes.OrderView, errors=(E.NOT_FOUND,)),
    Operation("POST", "/orders/{order}/receipt", CUSTOMER, orders.confirm_receipt, "Confirm receipt", shapes.OrderView, body=bodies.ConfirmReceipt, errors=(E.NOT_FOUND, E.NOT_ALLOWED, E.WRONG_STATE, E.STALE, E.KEY_REUSED)),
    Operation("POST", "/visitors", ANYONE, support.welcome_visitor, "Begin as a visitor", bodies.Visitor, 201, bodies.OpenVisitor),
    Operation("POST", "/support/merge", CUSTOMER, support.merge_visitor, "Take a visitor's conversation along", shapes.ThreadView, body=bodies.MergeVisitor, errors=(E.NOT_ALLOWED, E.WRONG_STATE)),
    Operation("PUT", "/threads/{thread}/messages/{seq}/feedback", CUSTOMER, support.put_feedback, "Say whether an answer helped", status=204, body=bodies.Feedback, errors=(E.NOT_FOUND, E.NOT_ALLOWED, E.WRONG_STATE)),
    Operation("GET", "/faq/suggestions", ANYONE, support.suggest, "Suggested questions", bodies.FaqLinks, query=support.LocaleQuery),
    Operation("GET", "/faq/search", ANYONE, support.type_ahead, "Questions while typing", bodies.FaqLinks, query=support.TypedQuery),
    Operation("POST", "/photos", CUSTOMER, photos.upload_photo, "Upload a photo", bodies.Stored, 201, takes="image/*", errors=(E.TOO_LARGE, E.UNSUPPORTED_MEDIA, E.PHOTO_REFUSED, E.QUOTA_REACHED)),
    Operation("GET", "/photos/{photo}/{variant}", CUSTOMER, photos.show_photo, "The bytes of a photo", media="image/jpeg", errors=(E.NOT_FOUND,)),
    Operation("POST", "/console/session", ANYONE, staff.sign_in, "Sign in to the console", bodies.StaffMe, body=bodies.SignIn, errors=(E.UNAUTHENTICATED,)),
    Operation("DELETE", "/console/session", STAFF, staff.sign_out, "Sign out of the console", status=204),
    Operation("DELETE", "/console/sessions", STAFF, staff.sign_out_everywhere, "Sign out everywhere", status=204),
    Operation("GET", "/console/me", STAFF, staff.get_me, "Who I am in the console", bodies.StaffMe),
    Operation("PUT", "/console/password", STAFF, staff.change_password, "Change my password", bodies.StaffMe, body=bodies.PutPassword),
    Operation("GET", "/console/faq", SUPERVISOR, knowledge.list_entries, "All entries of the FAQ", bodies.FaqShelf),
    Operation("GET", "/console/faq/entries/{entry}", SUPERVISOR, knowledge.get_entry, "One entry", bodies.FaqDraft, errors=(E.NOT_FOUND,)),
    Operation("PUT", "/console/faq/entries/{entry}", SUPERVISOR, knowledge.put_entry, "Publish an entry", bodies.FaqDraft, body=bodies.PutFaqEntry, errors=(E.STALE,)),
    Operation("DELETE", "/console/faq/entries/{entry}", SUPERVISOR, knowledge.remove_entry, "Remove an entry", bodies.FaqRemoved, query=knowledge.RevisionQuery, errors=(E.NOT_FOUND, E.STALE)),
    Operation("GET", "/console/faq/entries/{entry}/history", SUPERVISOR, knowledge.get_history, "What an entry was", bodies.FaqHistory, errors=(E.NOT_FOUND,)),
    Operation("POST", "/console/faq/entries/{entry}/undo", SUPERVISOR, knowledge.undo, "Back to an earlier revision", bodies.FaqRemoved, body=bodies.UndoFaq, errors=(E.NOT_FOUND, E.STALE)),
    Operation("POST", "/console/faq/try", SUPERVISOR, knowledge.try_question, "What the bot would say, and why", bodies.FaqTried, body=bodies.TryFaq),
    Operation("GET", "/console/faq/export", SUPERVISOR, knowledge.export_entries, "The FAQ as a file", query=knowledge.FormQuery, media="text/csv", errors=(E.NOT_FOUND,)),
    Operation("POST", "/console/faq/import", SUPERVISOR, knowledge.import_entries, "Publish what a file says", bodies.FaqImported, query=knowledge.FileQuery, takes="text/*", errors=(E.TOO_LARGE, E.STALE)),
    Operation("GET", "/console/faq/unanswered", SUPERVISOR, knowledge.list_unanswered, "What could not be answered", bodies.Unanswered),
    Operation("POST", "/console/faq/dismissals", SUPERVISOR, knowledge.dismiss, "These need no entry", status=204, body=bodies.DismissTurns),
    Operation("GET", "/console/faq/figures", SUPERVISOR, knowledge.get_figures, "How the bot does", bodies.BotFigures, query=knowledge.DaysQuery),
    Operation("PUT", "/backend/people/{key}", BACKEND, backend.put_person, "Put a person", bodies.Stands, body=bodies.PutPerson),
    Operation("POST", "/backend/people/{key}/sign-out", BACKEND, backend.sign_out, "Sign a person out everywhere", status=204, errors=(E.NOT_FOUND,)),
    Operation("PUT", "/backend/shops/{key}", BACKEND, backend.put_shop, "Put a shop and its people", bodies.Stands, body=bodies.PutShop),
    Operation("PUT", "/backend/products/{key}", BACKEND, backend.put_product, "Put a product", bodies.Stands, body=bodies.PutProduct, errors=(E.WRONG_STATE,)),
    Operation("PUT", "/backend/orders/{key}", BACKEND, backend.put_order, "Put an order", bodies.Stands, body=bodies.PutOrder, errors=(E.WRONG_STATE,)),
    Operation("POST", "/backend/orders/{key}/receipt", BACKEND, backend.confirm_receipt, "Confirm receipt", bodies.Stands, body=bodies.ConfirmReceipt, errors=(E.NOT_FOUND, E.WRONG_STATE, E.STALE)),
    Operation("POST", "/backend/inbox-links", BACKEND, backend.ask_inbox_link, "A link into the inbox", bodies.InboxLink, 201, bodies.AskInboxLink, errors=(E.NOT_FOUND, E.NOT_ALLOWED)),
)  # fmt: skip
