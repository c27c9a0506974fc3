"""The sentences that stand below fields in the classes of the wire, for those who read the API and not its source."""

import ast
import functools
import inspect
import sys
from collections.abc import Iterator, Mapping


@functools.cache
def described(root: type) -> Mapping[str, Mapping[str, str]]:
    """Of each kind of `root`, by its name: what is said of which field. Each module is read once.

    Empty where the sources did not come with the program.
    """
    modules = sorted({kind.__module__ for kind in _kinds(root)})
    return {name: said for module in modules for name, said in _classes(module)}


def _kinds(root: type) -> Iterator[type]:
    below: list[type] = root.__subclasses__()
    yield root
    for kind in below:
        yield from _kinds(kind)


def _classes(module: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    try:
        source = inspect.getsource(sys.modules[module])
    except OSError:
        return
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            yield node.name, dict(_fields(node))


def _fields(kind: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(kind.body, kind.body[1:], strict=False):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield field.target.id, inspect.cleandoc(str(below.value.value))
