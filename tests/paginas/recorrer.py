"""Every address of the map with real arguments, and what the database holds, table by table."""

import re
from collections.abc import Callable, Iterator

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

# Tables that looking may touch: the visit itself, challenges, and what counts visits.
OF_THE_VISIT = frozenset({"django_session", "captcha_captchastore", "comun_trabajo"})
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
_EITHER_CASE = re.compile(r"\[(\w)\w\]")


Value = Callable[[str, str], str]  # of a named part, and the path before it


def paths(values: Value) -> Iterator[str]:
    """Yield every path of the project; `values` says what each named part is."""
    yield from sorted(set(_walk(get_resolver().url_patterns, "/", values)))


def _walk(patterns: list[URLPattern | URLResolver], before: str, values: Value) -> Iterator[str]:
    for pattern in patterns:
        here = before + _text(pattern.pattern, before, values)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, values)
        else:
            yield here


def _text(pattern: object, before: str, values: Value) -> str:
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        return _PARAMETER.sub(lambda part: values(part[1], before + text), text)
    plain = _EITHER_CASE.sub(r"\1", text.strip("^$").replace("/?", "/"))
    return _GROUP.sub(lambda part: values(part[1], before), plain)


def digests() -> dict[str, str]:
    """Return the digest of every table that is not of the visit itself."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - OF_THE_VISIT)
        found = {}
        for table in tables:
            cursor.execute(
                f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'
            )
            found[table] = str(cursor.fetchone())
    return found


def changed(before: dict[str, str]) -> list[str]:
    after = digests()
    return sorted(name for name in after if after[name] != before.get(name))
