"""Where a customer is answered by mail, and the way back that such a mail carries."""

from chat_server.actions import mails
from chat_server.domain.ids import ThreadId, show
from chat_server.web.operations import Call
from chat_server.wire import people as bodies
from chat_server.wire.shapes import PersonView


async def put_email(call: Call) -> None:
    """Answers that are not read go there."""
    body: bodies.PutEmail = call.body
    thread_id = ThreadId(call.id("thread"))
    await mails.put_contact(call.ctx, call.caller, thread_id, body.email, body.zone or "")


async def forget_email(call: Call) -> None:
    """Nothing is mailed any more."""
    await mails.drop_contact(call.ctx, call.caller, ThreadId(call.id("thread")))


async def come_back(call: Call) -> bodies.Returned:
    """A visitor is back at his conversation, wherever he followed the link."""
    returned = await mails.come_back(call.ctx, call.body.token)
    person = PersonView(id=show(returned.person.id), name=returned.person.name)
    return bodies.Returned(token=returned.token, person=person, thread_id=show(returned.thread_id))
