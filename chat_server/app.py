"""The composition root: the only module that knows every room. It picks engines, wires them, starts and stops them."""

import contextlib
import functools
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Final
from urllib.parse import urlsplit

import anyio
import click
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from chat_server.actions import staff, support, webhooks
from chat_server.actions.brand import LiveBrand
from chat_server.actions.context import Context
from chat_server.actions.live_faq import LiveFaq
from chat_server.brokers import NodeBroker, open_broker
from chat_server.demo.market import ForeignDatabase, claim, seed
from chat_server.demo.routes import demo_routes
from chat_server.demo.run import greeting
from chat_server.domain import moderation
from chat_server.domain.ids import ThreadId
from chat_server.domain.moderation import Found
from chat_server.gateways import passwords
from chat_server.gateways.clock import SystemClock, SystemIds
from chat_server.gateways.languages import Lingua
from chat_server.gateways.mail import Smtp
from chat_server.gateways.phones import PhonePlans
from chat_server.gateways.photo_room import open_photos
from chat_server.gateways.translation import Provided
from chat_server.gateways.webhook_http import WebhookHttp
from chat_server.gateways.word_lists import word_lists
from chat_server.i18n import shipped
from chat_server.jobs.answers import watch_answers
from chat_server.jobs.desk import Rounds
from chat_server.jobs.follower import follow
from chat_server.jobs.mailer import keep_mailing
from chat_server.jobs.notices import follow_notices
from chat_server.jobs.revocations import follow_revocations
from chat_server.jobs.supervisor import Supervisor
from chat_server.jobs.sweeper import clean_up, fire_deadlines, index_messages, sweep_files
from chat_server.jobs.webhooks import keep_sending
from chat_server.ports import Query
from chat_server.realtime.board import Board
from chat_server.realtime.desk import Desk
from chat_server.realtime.door import SocketEndpoint
from chat_server.realtime.fanout import Fanout
from chat_server.realtime.hub import Hub
from chat_server.realtime.transport import HttpProtocol, KeepAlive, Server, protocol_class
from chat_server.settings import Settings
from chat_server.storage import AnyStore, is_shared, migrate_url, open_store
from chat_server.web import api_pages, auth, faq, health, openapi, pages
from chat_server.web.dispatch import Gate, PathEndpoint
from chat_server.web.errors import Refused, problem
from chat_server.web.metrics import Metrics, Reading
from chat_server.web.middleware import Cors, HostCheck, RequestId
from chat_server.web.operations import PREFIX, Operation
from chat_server.web.routes import OPERATIONS
from chat_server.wire.bodies import Health
from chat_server.wire.codes import CloseCode, ErrorCode

logger = logging.getLogger("parley")

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]", "::1")

RESYNC_S: Final = 5.0
STEP_S: Final = 0.02
MAX_SKEW_MS: Final = 500
STORE_CLOCK: Final = Query("clock_of_store", lambda now: int(now))


class Node:
    """Everything of one process, made once its store is open."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.catalogs = shipped()
        self.clock = SystemClock()
        self.ids = SystemIds(self.clock)
        self.hub = Hub()
        self.shared = is_shared(settings.store)
        self.fanout = Fanout(self.hub, follows=self.shared)
        self.store: AnyStore = open_store(settings.store)
        self.keep_alive = KeepAlive(settings.ping_seconds, settings.pong_seconds)
        self.supervisor = Supervisor(self._give_up)
        self.gave_up = False
        """Whether it ends because a lasting piece of work has ended, and not because it was told to."""
        self.metrics = Metrics(self._readings)
        self.broker: NodeBroker | None = None
        self.desk: Desk | None = None
        self.passwords = passwords.Argon2()
        self.faq = LiveFaq()
        self.phones = PhonePlans()
        self.translator: Provided | None = None
        self.ctx: Context | None = None

    def context(self) -> Context:
        """What actions may use, once the node has started."""
        assert self.ctx is not None, "A request came before the node had started."
        return self.ctx

    async def start(self) -> None:
        """Opens the store, then what stands on it."""
        await self.store.start(self.fanout)
        self.broker = open_broker(self.settings.broker, self.store.epoch)
        self.photos = open_photos(self.settings, self.ids.new_secret)
        if self.settings.translator:
            self.translator = Provided(self.settings, self.clock)
        ctx = self.ctx = Context(
            store=self.store,
            broker=self.broker,
            clock=self.clock,
            ids=self.ids,
            sink=self.fanout,
            photos=self.photos,
            passwords=self.passwords,
            settings=self.settings,
            faq=self.faq,
            found=self.find,
            translator=self.translator,
            languages=Lingua(),
            hooks=WebhookHttp(self.settings.webhook_networks),
        )
        desk = self.desk = Desk(ctx, self.hub, self.fanout, self.supervisor.spawn)
        desk.sentence = self._sentence
        self.fanout.start(ctx, self.supervisor.spawn, desk.presence)
        self.fanout.resync = self._resync
        await self.broker.start(self.fanout)
        if self.settings.demo:
            await seed(ctx)
        await webhooks.settle_endpoints(ctx)
        keep = self.supervisor.keep
        self.rounds = Rounds(ctx, desk.agents_here)
        self.board = Board(ctx, self.hub)
        self.fanout.asked = self._attend
        self.fanout.stirred = self.board.stir
        self.fanout.freed = self.rounds.stir
        keep("rounds", self.rounds.keep())
        keep("routing", self.rounds.keep_routing())
        keep("board", self.board.keep())
        keep("desk", desk.watch_over())
        if self.settings.smtp:
            keep("mailer", keep_mailing(ctx, Smtp(self.settings, self.clock)))
        keep("webhooks", keep_sending(ctx))
        keep("notices", follow_notices(ctx, self.fanout.notice))
        keep("revocations", follow_revocations(self.store, self.fanout.cut))
        if self.shared:
            keep("follower", follow(self.store, self.fanout.deliver, self.fanout.news))
        else:
            self.sweep(ctx)

    def sweep(self, ctx: Context) -> None:
        """What `parley sweep` does, and the embedded store does for itself."""
        self.supervisor.keep("answers", watch_answers(ctx))
        self.supervisor.keep("deadlines", fire_deadlines(ctx))
        self.supervisor.keep("index", index_messages(ctx, self._posted))
        self.supervisor.keep("cleaner", clean_up(ctx))
        self.supervisor.keep("files", sweep_files(ctx))

    def find(self, text: str) -> list[Found]:
        """What moderation finds in a text."""
        return moderation.check(text, word_lists(), self.phones.knows)

    async def stop(self) -> None:
        """In the opposite order: nothing that was submitted is lost."""
        self.keep_alive.stop()
        await self.supervisor.stop()
        if self.translator is not None:
            self.translator.close()
        if self.broker is not None:
            await self.broker.stop()
            await self.photos.close()
        await self.store.stop()

    async def drain(self) -> None:
        """Says goodbye to every socket, spread over the drain so that they do not come back all at once."""
        if self.desk is not None:
            self.desk.draining = True
            await self._end_all(CloseCode.RESTART, self.settings.drain_seconds)

    async def probe(self) -> Health:
        """Whether this node may be used."""
        if self.desk is None:
            return Health(status="starting")
        if self.desk.draining:
            return Health(status="draining")
        if not await self.store.ready() or (self.shared and await self._clock_is_off()):
            return Health(status="unavailable")
        return Health(status="ok")

    async def _clock_is_off(self) -> bool:
        """Deadlines are decided by this node's clock: one that differs must not decide."""
        before = self.clock.now_ms()
        theirs = await self.store.one(STORE_CLOCK)
        if theirs is None or before - MAX_SKEW_MS <= theirs <= self.clock.now_ms() + MAX_SKEW_MS:
            return False
        logger.error("clock.differs", extra={"by_ms": before - theirs})
        return True

    def _attend(self, thread_id: int) -> None:
        self.supervisor.spawn(support.attend(self.context(), ThreadId(thread_id)))

    def _posted(self) -> int:
        return self.desk.counts.messages if self.desk is not None else 0

    def _give_up(self) -> None:
        self.gave_up = True
        os.kill(os.getpid(), signal.SIGTERM)

    def _resync(self) -> None:
        """Marks and settings may have been missed: every client resumes, not all at once."""
        if self.desk is not None:
            self.supervisor.spawn(self._end_all(CloseCode.RESYNC, RESYNC_S))

    async def _end_all(self, code: CloseCode, seconds: float) -> None:
        """Ends all connections that are open now, spread over a time."""
        assert self.desk is not None
        connections = tuple(self.desk.connections)
        pause = seconds / max(1, len(connections))
        for place, connection in enumerate(connections):
            connection.end(code)
            if (place + 1) * pause // STEP_S > place * pause // STEP_S:
                await anyio.sleep(STEP_S)

    def _sentence(self, code: str, reason: str, locale: str) -> str:
        return self.catalogs.error(code, reason, locale)

    def _readings(self) -> dict[str, Iterable[Reading]]:
        desk, broker = self.desk, self.broker
        if desk is None or broker is None:
            return {}
        return {
            "parley_sockets": [("", len(desk.connections))],
            "parley_support_queued": [("", sum(t.unassigned for t in self.board.counts.teams))],
            "parley_support_open": [("", sum(t.open for t in self.board.counts.teams))],
            "parley_support_agents": [("", sum(a.connected for a in self.board.counts.agents))],
            "parley_channels": [("", sum(1 for _ in self.hub.channels()))],
            "parley_broker_healthy": [("", int(broker.healthy))],
            "parley_sockets_opened": [("", desk.counts.opened)],
            "parley_messages": [("", desk.counts.messages)],
            "parley_pushes": [("", self.hub.delivered)],
            "parley_broker_frames_dropped": [("", broker.counts.frames_dropped)],
            "parley_refusals": list(desk.counts.refused.items()),
            "parley_sockets_closed": list(desk.counts.closed.items()),
        }


class Starting:
    """Stands in front of the routes that need the node's context, which exists once it has started."""

    def __init__(self, node: Node, operations: list[Operation]) -> None:
        self._node = node
        self._operations = operations
        self._endpoint: PathEndpoint | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The operation's endpoint, made at the first request."""
        if self._endpoint is None:
            self._endpoint = PathEndpoint(gate_of(self._node), self._operations)
        scope["parley.route"] = PREFIX + self._operations[0].path
        await self._endpoint(scope, receive, send)


@functools.cache
def gate_of(node: Node) -> Gate:
    """The gate of a node that has started."""
    return Gate(node.context(), node.catalogs)


class SocketRoute:
    """As `Starting`, for the socket."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._endpoint: SocketEndpoint | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The socket's endpoint, made at the first request."""
        if self._endpoint is None:
            assert self._node.desk is not None
            self._endpoint = SocketEndpoint(
                self._node.desk, address_of=auth.address_of, origins=self._origins
            )
        scope["parley.route"] = "/socket"
        await self._endpoint(scope, receive, send)

    def _origins(self, connection: HTTPConnection) -> set[str]:
        settings = self._node.settings
        return auth.own_origins(settings, connection) | set(settings.origins)


def create_app(settings: Settings) -> Starlette:
    """The ASGI application; engines are opened in its lifespan. The store's schema must be up to date."""
    settings.require_keys()
    node = Node(settings)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await node.start()
        try:
            yield
        finally:
            await node.stop()

    async def missing(request: Request, _: Exception) -> Response:
        return problem(node.catalogs, request, Refused(ErrorCode.NOT_FOUND))

    async def broken(request: Request, error: Exception) -> Response:
        return problem(node.catalogs, request, error)

    app = Starlette(
        routes=routes(node),
        middleware=[
            Middleware(RequestId, count=node.metrics.count_request),
            Middleware(HostCheck, hosts=known_hosts(settings)),
            Middleware(Cors, origins=settings.origins, prefix=PREFIX),
        ],
        lifespan=lifespan,
        exception_handlers={404: missing, 500: broken},
    )
    app.router.redirect_slashes = False
    app.state.node = node
    return app


Handler = Callable[[Request], Awaitable[Response]]


def named(path: str, endpoint: Handler) -> Handler:
    """The endpoint, whose requests are counted under their path."""

    async def show(request: Request) -> Response:
        request.scope["parley.route"] = path
        return await endpoint(request)

    return show


def known_hosts(settings: Settings) -> set[str]:
    """Host names that requests may carry."""
    own = {settings.host, urlsplit(settings.public_url).hostname or ""}
    loopback = LOOPBACK if own & set(LOOPBACK) or settings.host in ("0.0.0.0", "::") else ()  # noqa: S104
    return {*settings.hosts, *own, *loopback}


def routes(node: Node) -> list[BaseRoute]:
    """One route a path."""
    settings = node.settings
    by_path: dict[str, list[Operation]] = {}
    for operation in OPERATIONS:
        by_path.setdefault(operation.path, []).append(operation)
    document = functools.cache(lambda: openapi.document(OPERATIONS, settings.public_url))
    root = pages.web_root(settings)
    widget = pages.page_policy(settings, " ".join(("'self'", *settings.origins)))
    inbox = pages.page_policy(settings, "'self'" if settings.demo else "'none'")
    brand = LiveBrand(settings)
    faq_pages = faq.FaqPages(settings, brand, node.context)
    console = pages.page_policy(settings, "'none'")
    plain: dict[str, Handler] = {
        "/healthz": health.live,
        "/readyz": health.ready_endpoint(node.probe),
        "/metrics": node.metrics.endpoint,
        "/openapi.json": pages.fixed_json(document),
        "/docs": pages.fixed_page(lambda: api_pages.api_html(document())),
        "/docs/errors": api_pages.errors_page(node.catalogs),
        "/docs.css": api_pages.stylesheet,
        "/faq": faq_pages.choose,
        "/faq.css": faq.stylesheet,
        "/faq/sitemap.xml": faq_pages.sitemap,
        "/faq/{language}": faq_pages.contents,
        "/faq/{language}/{topic}": faq_pages.article,
        "/widget.js": pages.Page(root / "widget.js", pages.SCRIPT).show,
        "/widget.html": pages.BrandedPage(root / "widget.html", widget, brand, node.context).show,
        "/reviews.js": pages.Page(root / "reviews.js", pages.SCRIPT).show,
        "/reviews.html": pages.BrandedPage(root / "reviews.html", widget, brand, node.context).show,
        "/console": pages.BrandedPage(root / "console.html", console, brand, node.context).show,
        "/talk": pages.BrandedPage(root / "talk.html", console, brand, node.context).show,
        "/inbox": pages.BrandedPage(root / "inbox.html", inbox, brand, node.context).show,
    }
    listed: list[BaseRoute] = [
        *[Route(PREFIX + path, Starting(node, ops)) for path, ops in by_path.items()],
        WebSocketRoute("/socket", SocketRoute(node)),
        Route("/socket", SocketRoute(node)),
        *[Route(path, named(path, endpoint)) for path, endpoint in plain.items()],
    ]
    if settings.demo:
        listed += demo_routes(node.context, settings, root)
    if (root / "assets").is_dir():
        listed.append(Mount("/assets", pages.Assets(directory=root / "assets")))
    return listed


def server_of(app: Starlette) -> Server:
    """The server of an application that `create_app` made, as its settings say; not started."""
    node: Node = app.state.node
    settings = node.settings
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=HttpProtocol,
        ws=protocol_class(node.keep_alive),
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        backlog=2048,
    )
    server = Server(config)
    server.drain = node.drain
    return server


async def serve(settings: Settings) -> None:
    """Serves until a signal ends it. Sockets are drained, commits in flight are finished.

    Raises SystemExit where it ended by itself, so that whoever watches over it starts it again.
    """
    app = create_app(settings)
    await server_of(app).serve()
    if app.state.node.gave_up:
        raise SystemExit(1)


async def sweep(settings: Settings) -> None:
    """What is due, in a process of its own; any number of them may run on a shared store."""
    node = Node(settings)
    await node.store.start()
    node.broker = open_broker(settings.broker, node.store.epoch)
    await node.broker.start(node.fanout)
    node.photos = open_photos(settings, node.ids.new_secret)
    ctx = Context(
        node.store,
        node.broker,
        node.clock,
        node.ids,
        node.fanout,
        node.photos,
        node.passwords,
        settings,
    )
    node.fanout.start(
        ctx, node.supervisor.spawn, Desk(ctx, node.hub, node.fanout, node.supervisor.spawn).presence
    )
    node.sweep(ctx)
    try:
        await idle()
    finally:
        await node.stop()


async def serve_demo(settings: Settings) -> None:
    """The demo marketplace. Raises ValueError for a store that holds anything but demo data."""
    if is_shared(settings.store):
        raise ValueError("The demo runs on embedded SQLite: unset PARLEY_STORE.")
    await migrate_url(settings.store)
    await check_demo(settings)
    click.echo(greeting(settings.public_url))
    await serve(settings)


async def check_demo(settings: Settings) -> None:
    """Raises ValueError where the store holds anything but demo data."""
    store = open_store(settings.store)
    await store.start()
    try:
        await claim(store)
    except ForeignDatabase:
        raise ValueError(
            "This database holds other than demo data, so the demo does not touch it."
        ) from None
    finally:
        await store.stop()


async def idle() -> None:
    """Waits for SIGTERM or SIGINT."""
    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        async for _ in signals:
            break


async def put_staff(settings: Settings, email: str, name: str, role: str, password: str) -> bool:
    """Adds an agent or supervisor, or sets a new password; True where he is new. Raises ValueError."""
    await migrate_url(settings.store)
    store = open_store(settings.store)
    await store.start()
    try:
        clock = SystemClock()
        return await staff.put_staff(
            store, clock, SystemIds(clock), email, name, role, passwords.hash_password(password)
        )
    finally:
        await store.stop()
