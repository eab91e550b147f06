"""The URL map, walked: every address of the project under one key each."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve


def keys() -> list[str]:
    """Return the key of every pattern: its name with its namespace, or its route if it has none."""
    return sorted(set(_walk(get_resolver().url_patterns, "", "")))


def _walk(patterns: list[URLPattern | URLResolver], space: str, route: str) -> Iterator[str]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, here)
        else:
            yield _key(space, pattern.name, here)


def key_of(url: str) -> str | None:
    """Return the key of the pattern that answers `url`, or None if none does."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    space = "".join(f"{name}:" for name in match.namespaces)
    return _key(space, match.url_name, match.route)


def _key(space: str, name: str | None, route: str) -> str:
    return f"{space}{name}" if name else route
