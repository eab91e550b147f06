"""What is wrong with the HTML of one page, read as a browser would but forgiving nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

from tramites.privacidad import EXTINTA

# Attributes whose words are ids of the same page.
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "list")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What HTML5 took away, and what would run or load from elsewhere.
OBSOLETE = frozenset({"center", "font", "big", "tt", "strike", "marquee", "frame", "frameset"})
INTERACTIVE = frozenset({"a", "button", "label", "select", "textarea", "details", "iframe"})
DISSOLVED = re.compile(rf"\b({'|'.join(EXTINTA)})\b")
UNSENT = "¡¡"  # settings_test: a name that the template asks for and the view does not send


def faults(html: str, *, own_inline: bool = False) -> list[str]:
    """Return every fault of a whole page, in words.

    `own_inline`: the page is one file with its script and its style inside,
    each named by its hash in the policy; attributes stay forbidden.
    """
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    found = [f"html: {error}" for error in map(_words, parser.errors)]
    found += [f"html: <{tag}> ya no existe" for tag in _tags(tree) if tag in OBSOLETE]
    if UNSENT in html:
        found.append("html: una plantilla pide un nombre que la vista no manda")
    if DISSOLVED.search(html):
        found.append("texto: nombra a una autoridad que ya no existe")
    found += [*_ids(tree), *_inline(tree, own_inline), *_headings(tree), *_head(tree)]
    return [*found, *_nested(tree)]


def title(html: str) -> str:
    tree = HTMLParser(namespace_html_elements=False).parse(html)
    return " ".join((tree.findtext(".//title") or "").split())


def _words(error: object) -> str:
    return " ".join(map(str, error)) if isinstance(error, tuple) else str(error)


def _tags(tree: Element) -> Iterator[str]:
    return (element.tag for element in tree.iter() if isinstance(element.tag, str))


def _elements(tree: Element) -> Iterator[Element]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


def _ids(tree: Element) -> Iterator[str]:
    count = Counter(element.get("id") for element in _elements(tree) if "id" in element.attrib)
    yield from (f"html: id {name!r} {times} veces" for name, times in count.items() if times > 1)
    for element in _elements(tree):
        for name in REFERENCES:
            for wanted in (element.get(name) or "").split():
                if wanted not in count:
                    yield f"html: <{element.tag} {name}> señala a {wanted!r}, que no está"
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in count:
            yield f"html: liga a {href}, que no está"


def _inline(tree: Element, own: bool) -> Iterator[str]:
    for element in _elements(tree):
        tag = element.tag
        inside = tag == "style" or (tag == "script" and "src" not in element.attrib)
        if inside and not own:
            yield f"en línea: <{tag}>"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"en línea: <{tag} {name}>"
            if value.strip().lower().startswith("javascript:"):
                yield f"en línea: <{tag} {name}> con javascript:"


def _headings(tree: Element) -> Iterator[str]:
    hidden = {
        inner
        for dialog in tree.iter("dialog")
        if "open" not in dialog.attrib
        for inner in dialog.iter()
    }
    shown = [element.tag for element in _elements(tree) if element not in hidden]
    levels = [HEADINGS[tag] for tag in shown if tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"títulos: {levels.count(1)} h1"
    if levels and levels[0] != 1:
        yield f"títulos: el primero es h{levels[0]}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"títulos: de h{before} salta a h{after}"


def _head(tree: Element) -> Iterator[str]:
    if not (tree.get("lang") or "").startswith("es"):
        yield "html: no dice que está en español"
    titles = tree.findall("head/title")
    if len(titles) != 1 or not (titles[0].text or "").strip():
        yield "html: falta el título o hay varios"


def _nested(tree: Element) -> Iterator[str]:
    """Something to press inside something to press: the parser lets it pass, people cannot."""
    for outer in _elements(tree):
        if outer.tag not in INTERACTIVE - {"label", "details"}:
            continue
        for inner in outer.iter():
            if inner is not outer and inner.tag in INTERACTIVE | {"input"}:
                yield f"html: <{inner.tag}> dentro de <{outer.tag}>"
