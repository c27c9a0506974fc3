"""The FAQ's answers with the marketplace's numbers in them, in the reader's words."""

import functools
import re

from chat_server.domain import rules
from chat_server.i18n import quantity, zone_name

PLACEHOLDERS = (*rules.RULES, *rules.HOURS)


def rendered(answer: str, language: str) -> str:
    """An answer as it is shown: each `{name}` is a quantity in words. One that is not known stays, to be seen."""
    known = quantities(language)
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), answer)


@functools.cache
def quantities(language: str) -> dict[str, str]:
    """What each placeholder says in a language."""
    said = {name: quantity(rule.count, rule.unit, language) for name, rule in rules.RULES.items()}
    return said | {
        "hours": f"{rules.OPENS_AT}\u2013{rules.CLOSES_AT}",
        "hours_zone": zone_name(rules.ZONE, language),
    }
