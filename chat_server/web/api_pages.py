"""The API as pages to read: its operations, its types to the last field, and all refusals. No scripts."""

import html
from collections.abc import Iterable, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from chat_server.i18n import Catalogs, is_right_to_left, negotiate
from chat_server.web.errors import STATUS
from chat_server.web.pages import DOCUMENT
from chat_server.wire.codes import ErrorCode

LARGEST: Final = 2**53 - 1
"""What JSON's readers can count to: a bound that is not worth a word."""

BOUNDS: Final = {
    "minimum": "from {}",
    "maximum": "to {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {}",
    "maxItems": "at most {}",
    "default": "else {}",
}


def api_html(document: Mapping[str, Any]) -> str:
    """One section an operation, then one a type."""
    title = html.escape(document["info"]["title"])
    operations = [
        _operation(path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    types = [_kind(name, kind) for name, kind in sorted(document["components"]["schemas"].items())]
    about = "".join(
        f"<p>{_words(line.removeprefix('- '))}</p>"
        for line in document["info"]["description"].splitlines()
        if line
    )
    return _page(
        f"{title} API {document['info']['version']}",
        '<p>The whole document: <a href="/openapi.json">openapi.json</a>. '
        'Refusals: <a href="/docs/errors">codes and reasons</a>. <a href="#types">Types</a>.</p>'
        f'{about}{"".join(operations)}<h1 id="types">Types</h1>{"".join(types)}',
    )


def errors_page(catalogs: Catalogs) -> Any:
    """All codes and reasons, with what people are told, in the reader's language."""

    async def show(request: Request) -> Response:
        locale = negotiate(request.headers.get("accept-language", ""))
        headers = {**DOCUMENT, "content-language": locale, "vary": "accept-language"}
        return HTMLResponse(errors_html(catalogs, locale), headers=headers)

    return show


def errors_html(catalogs: Catalogs, locale: str) -> str:
    """One section a code; `type` of a refusal leads to it."""
    side = "rtl" if is_right_to_left(locale) else "ltr"
    way = f'lang="{locale}" dir="{side}"'
    sections = []
    for code in ErrorCode:
        prefix = f"error.{code}."
        reasons = "".join(
            f"<tr><td><code>{html.escape(key.removeprefix(prefix))}</code></td>"
            f"<td {way}>{html.escape(catalogs.sentence(key, locale))}</td></tr>"
            for key in catalogs.below(prefix)
        )
        said = html.escape(catalogs.sentence(f"error.{code}", locale))
        sections.append(
            f'<section id="{code}"><h2><b>{STATUS[code]}</b> <code>{code}</code></h2>'
            f"<p {way}>{said}</p>{_table(reasons)}</section>"
        )
    intro = (
        "<p>The <code>code</code> and the <code>reason</code> of a refusal are stable; the sentences are for people, "
        'in the language of <code>Accept-Language</code>. <a href="/docs">All operations</a>.</p>'
    )
    return _page("Refusals", intro + "".join(sections))


def _page(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/docs.css"></head><body>'
        f"<main><h1>{title}</h1>{content}</main></body></html>"
    )


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> str:
    callers = ", ".join(name for option in operation["security"] for name in option) or "anyone"
    parameters = "".join(
        _row(p["name"], {**p["schema"], **_sentence(p)}, needed=p["required"])
        for p in operation["parameters"]
        if p["in"] != "path" or "$ref" in p["schema"] or "enum" in p["schema"]
    )
    takes = _contents(operation.get("requestBody", {}))
    gives, refuses = [], []
    for status, response in operation["responses"].items():
        if "application/problem+json" in response.get("content", {}):
            refuses += [
                f"{status} {_refusal(code)}" for code in response["description"].split(", ")
            ]
        else:
            gives.append(f"<code>{status}</code> {_contents(response)}")
    body = f"<p>Takes {takes}</p>" if takes else ""
    return (
        f'<section id="{operation["operationId"]}"><h2><b>{method.upper()}</b> <code>{html.escape(path)}</code></h2>'
        f"<p>{_words(operation['description'])} <small>{html.escape(callers)}</small></p>"
        f"{_table(parameters)}{body}<p>Gives {', '.join(gives)}</p>"
        f"<p><small>Refuses with {', '.join(refuses)}</small></p></section>"
    )


def _refusal(code: str) -> str:
    name = html.escape(code.strip("`"))
    return f'<a href="/docs/errors#{name}"><code>{name}</code></a>'


def _contents(holder: Mapping[str, Any]) -> str:
    """What a body is: a type where it is JSON, else its media type."""
    return " ".join(
        f"<code>{html.escape(media)}</code>"
        if content["schema"].get("format") == "binary"
        else _type(content["schema"])
        for media, content in holder.get("content", {}).items()
    )


def _kind(name: str, kind: Mapping[str, Any]) -> str:
    needed = kind.get("required", [])
    rows = "".join(
        _row(field, schema, needed=field in needed)
        for field, schema in kind.get("properties", {}).items()
    )
    values = "" if rows else f"<p>{_type(kind)}</p>"
    return (
        f'<section id="{name}"><h2><code>{name}</code></h2>'
        f"<p>{_words(kind.get('description', ''))}</p>{values}{_table(rows)}</section>"
    )


def _row(name: str, schema: Mapping[str, Any], *, needed: bool) -> str:
    """`?` behind a name: it may be left out."""
    return (
        f"<tr><td><code>{html.escape(name)}{'' if needed else '?'}</code></td>"
        f"<td>{_type(schema)}</td><td>{_words(_description(schema))}</td></tr>"
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = html.escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}"><code>{name}</code></a>'
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if "enum" in schema:
        values = " ".join(f"<code>{html.escape(str(value))}</code>" for value in schema["enum"])
        return f"{values} <small>{', '.join(_bounds(schema))}</small>"
    bounds = ", ".join(_bounds(schema))
    said = html.escape({"null": "nothing"}.get(schema.get("type", ""), schema.get("type", "")))
    if said == "array":
        said = f"list of {_type(schema.get('items', {}))}"
    return f"{said} <small>{bounds}</small>" if bounds else said


def _description(schema: Mapping[str, Any]) -> str:
    """Of a choice between a value and nothing: what is said of the value."""
    options = [schema, *schema.get("anyOf", ())]
    return " ".join(o["description"] for o in options if "description" in o)


def _bounds(schema: Mapping[str, Any]) -> Iterable[str]:
    for name, words in BOUNDS.items():
        value = schema.get(name)
        if value not in (None, LARGEST, "", [], False):
            yield html.escape(words.format(value))
    if "pattern" in schema and "description" not in schema:
        yield f"<code>{html.escape(schema['pattern'])}</code>"


def _sentence(parameter: Mapping[str, Any]) -> Mapping[str, str]:
    said = parameter.get("description")
    return {"description": said} if said else {}


def _words(text: str) -> str:
    """A sentence with code between backquotes."""
    parts = html.escape(text).split("`")
    return "".join(
        f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)
    )


def _table(rows: str) -> str:
    return f"<table>{rows}</table>" if rows else ""


async def stylesheet(_: Request) -> Response:
    """Of these pages."""
    return Response(STYLE, media_type="text/css", headers={"cache-control": "public, max-age=300"})


STYLE: Final = """
:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 15px/1.5 system-ui, sans-serif }
a { color: light-dark(#1d4fb8, #9db8ff) }
body { max-inline-size: 60rem; margin: 2rem auto; padding-inline: 1rem }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere }
section { border-block-start: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding-block: .75rem }
h2 { font-size: 1rem; margin: 0 } h2 b { display: inline-block; min-inline-size: 4.5rem }
p { margin: .25rem 0 0 } small { color: color-mix(in srgb, currentColor 75%, transparent); font-size: 13px }
table { border-collapse: collapse; margin-block-start: .25rem } td { padding: .1rem 1rem .1rem 0; vertical-align: top }
td:first-child { min-inline-size: 9rem }
@media (width < 40rem) { td { display: block } tr + tr > td:first-child { padding-block-start: .5rem } }
"""
