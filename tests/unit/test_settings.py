"""Settings: every one documented, unknown names refused with a suggestion, weak secrets refused, values in range."""

import dataclasses
import typing
from pathlib import Path
from typing import Any

import pytest

from chat_server.settings import (
    PLATFORM_VARIABLES,
    RANGES,
    Settings,
    SettingsError,
    load_settings,
)

KEY = "0123456789-abcdefghijklmnopqrstuv"
FIELDS = {field.name: field for field in dataclasses.fields(Settings)}


def make(name: str, value: Any) -> Settings:
    values: dict[str, Any] = {name: value}
    return Settings(**values)


def toml(folder: Path, text: str) -> Path:
    path = folder / "parley.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    doc = FIELDS[name].metadata["doc"]

    assert len(doc) > 15
    assert doc[0].isupper() or doc.startswith(("sqlite", "memory", "debug"))
    assert doc.endswith(".")


def test_every_number_has_a_range_that_its_default_lies_in() -> None:
    kinds = typing.get_type_hints(Settings)
    numbers = {name for name, kind in kinds.items() if kind in (int, float)}

    assert {name for name, _, _ in RANGES} == numbers
    assert load_settings({}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("PARLEY_PORT", "9000", 9000),
        ("PARLEY_BRAND_NAME", "Ka=ra,ve la", "Ka=ra,ve la"),
        ("PARLEY_COOKIE_SECURE", "0", False),
        ("PARLEY_COOKIE_SECURE", "Yes", True),
        ("PARLEY_COOKIE_SECURE", "FALSE", False),
        ("PARLEY_ORIGINS", "https://a.example, https://b.example,", ("https://a.example", "https://b.example")),
        ("PARLEY_ORIGINS", "", ()),
        ("PARLEY_MESSAGE_RATE", "0.5", 0.5),
        ("PARLEY_JWT_KEYS", f"k1={KEY},k2={KEY}=", {"k1": KEY, "k2": f"{KEY}="}),
    ],
)  # fmt: skip
def test_variables_are_read(variable: str, text: str, expected: Any) -> None:
    settings = load_settings({variable: text, "HOME": "/nowhere", "PARLEYX": "1"})

    assert getattr(settings, variable.removeprefix("PARLEY_").lower()) == expected


def test_the_file_is_read_and_a_variable_wins_over_it(tmp_path: Path) -> None:
    file = toml(
        tmp_path,
        f'port = 9000\nbrand_name = "Ka"\nmessage_rate = 3\norigins = ["https://a.example"]\n'
        f'[jwt_keys]\none = "{KEY}"\n',
    )

    by_argument = load_settings({"PARLEY_PORT": "9001"}, file=file)
    by_variable = load_settings({"PARLEY_SETTINGS": str(file)}, brand_name="Override")

    assert (by_argument.port, by_argument.brand_name, by_argument.message_rate) == (9001, "Ka", 3.0)
    assert by_argument.origins == ("https://a.example",)
    assert dict(by_argument.jwt_keys) == {"one": KEY}
    assert (by_variable.port, by_variable.brand_name) == (9000, "Override")


@pytest.mark.parametrize(
    ("environ", "text", "told"),
    [
        ({"PARLEY_PROT": "1"}, "", "PARLEY_PROT is no setting of Parley. Did you mean PARLEY_PORT?"),
        ({"PARLEY_JWTKEYS": "1"}, "", "Did you mean PARLEY_JWT_KEYS?"),
        ({"PARLEY_XYZZY": "1"}, "", "PARLEY_XYZZY is no setting of Parley."),
        ({"PARLEY_DEMO": "1"}, "", "PARLEY_DEMO is no setting"),
        ({"PARLEY_port": "1"}, "", ""),
        ({}, "prot = 1", "parley.toml: prot is no setting of Parley. Did you mean port?"),
        ({}, "demo = true", "demo is no setting"),
        ({}, "port = \"1\"", "port must be a whole number"),
        ({}, "port = true", "port must be a whole number"),
        ({}, "port = 1.5", "port must be a whole number"),
        ({}, "cookie_secure = 1", "cookie_secure must be true or false"),
        ({}, "origins = \"https://a.example\"", "origins must be a list of texts"),
        ({}, "origins = [1]", "origins must be a list of texts"),
        ({}, "jwt_keys = \"a=b\"", "jwt_keys must be name=secret pairs"),
        ({}, "brand_name = 1", "brand_name must be text"),
        ({}, "message_rate = \"1\"", "message_rate must be a number"),
        ({}, "port =", "is not TOML"),
        ({"PARLEY_PORT": "eighty"}, "", "PARLEY_PORT must be a whole number"),
        ({"PARLEY_PORT": "8000.5"}, "", "PARLEY_PORT must be a whole number"),
        ({"PARLEY_COOKIE_SECURE": "perhaps"}, "", "PARLEY_COOKIE_SECURE must be true or false"),
        ({"PARLEY_JWT_KEYS": "secret"}, "", "PARLEY_JWT_KEYS must be name=secret pairs"),
        ({"PARLEY_JWT_KEYS": "=secret"}, "", "PARLEY_JWT_KEYS must be name=secret pairs"),
        ({"PARLEY_MESSAGE_RATE": "fast"}, "", "PARLEY_MESSAGE_RATE must be a number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_to_do(
    environ: dict[str, str], text: str, told: str, tmp_path: Path
) -> None:
    if not told:
        assert load_settings(environ, file=None).port == 1, "names are the same in any case"
        return
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, file=toml(tmp_path, text) if text else None)

    assert told in str(caught.value)


@pytest.mark.parametrize(("name", "low", "high"), RANGES)
def test_numbers_out_of_range_are_refused(name: str, low: float, high: float) -> None:
    kind = typing.get_type_hints(Settings)[name]
    for value in (kind(low) - 1, kind(high) + 1):
        with pytest.raises(SettingsError, match=f"{name} must lie between"):
            make(name, value)
    for nonsense in (float("nan"), float("inf"), float("-inf")):
        with pytest.raises(SettingsError):
            make(name, nonsense)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("origins", ("shop.example",), "is no origin"),
        ("origins", ("https://shop.example/",), "is no origin"),
        ("origins", ("https://*.shop.example",), "is no origin"),
        ("origins", ("*",), "is no origin"),
        ("origins", ("null",), "is no origin"),
        ("origins", ("https://",), "is no origin"),
        ("origins", ("ftp://shop.example",), "is no origin"),
        ("origins", ("https://a@shop.example",), "is no origin"),
        ("picture_origins", ("https://pics.example/x",), "is no origin"),
        ("base_url", "chat.example", "is no origin"),
        ("base_url", "https://chat.example/path", "is no origin"),
        ("log_level", "loud", "log_level must be one of"),
        ("product_contacts", "hide", "product_contacts must be one of off, warn, mask"),
        ("jwt_keys", {"k": "short"}, "'k' is weak"),
        ("jwt_keys", {"k": "a" * 64}, "'k' is weak"),
        ("jwt_keys", {"k": "abc" * 20}, "'k' is weak"),
        ("api_keys", {"good": KEY, "bad": "x" * 31}, "'bad' is weak"),
    ],
)
def test_values_that_make_no_sense_are_refused(name: str, value: Any, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        make(name, value)


def test_an_error_never_tells_a_secret() -> None:
    weak = "hunter2-hunter2"

    with pytest.raises(SettingsError) as caught:
        Settings(api_keys={"k": weak})

    assert weak not in str(caught.value)


@pytest.mark.parametrize("missing", ["jwt_keys", "api_keys"])
def test_item_01_without_a_secret_nobody_is_believed(missing: str) -> None:
    keys: dict[str, Any] = {"jwt_keys": {"k": KEY}, "api_keys": {"k": KEY}, missing: {}}

    with pytest.raises(SettingsError, match=f"PARLEY_{missing.upper()}"):
        Settings(**keys).require_keys()


def test_secrets_are_left_out_of_what_is_printed() -> None:
    settings = Settings(
        jwt_keys={"k": KEY},
        api_keys={"k": KEY},
        store="postgresql://parley:pa55word@db/parley",
        broker="redis://:pa55word@cache/0",
        s3_secret_key="pa55word",
        s3_access_key="pa55word",
    )

    assert KEY not in repr(settings)
    assert "pa55word" not in repr(settings)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings({"PARLEY_SETTINGS": str(tmp_path / "none.toml")})


def test_platform_variables_are_no_settings() -> None:
    assert load_settings(dict.fromkeys(PLATFORM_VARIABLES, "")) == Settings()


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0", "port": 80}, "http://0.0.0.0:80"),
        ({"base_url": "https://chat.example"}, "https://chat.example"),
    ],
)
def test_where_it_is_reached(values: dict[str, Any], url: str) -> None:
    assert Settings(**values).public_url == url
