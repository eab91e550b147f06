"""Flags what a person would stumble over: sentences of more than 25 words, and officialese.

usage: .ci/lenguaje.py [FILE…]    (without files: every page, mail and explanation of the portal)
Legal texts and printed sheets are exempt: their words are not ours.
"""

import ast
import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 25  # words in a sentence
EXEMPT = ("templates/documentos/", "templates/admin/")
# Python files whose sentences people read.
SPOKEN = (
    "tramites/razones.py",
    "tramites/errors.py",
    "tramites/forms.py",
    "tramites/pasos/*.py",
    "tramites/derechos/avisos.py",
    "tramites/derechos/enums.py",
    "tramites/derechos/errors.py",
    "tramites/derechos/expediente.py",
    "tramites/derechos/forms.py",
    "tramites/derechos/services/supresion.py",
    "nss/rules/faltas.py",
    "catalogos/services/ubicacion.py",
)
# What officialese says, and what a person would.
BANNED = {
    "mismo que": "que",
    "misma que": "que",
    "a efecto de": "para",
    "a fin de": "para",
    "con la finalidad de": "para",
    "en virtud de": "porque",
    "toda vez que": "porque",
    "de conformidad con": "según",
    "con fundamento en": "por",
    "en su caso": "si aplica",
    "dicho": "ese",
    "dicha": "esa",
    "referido": "ese",
    "citado": "ese",
    "antes mencionado": "ese",
    "presente documento": "esta hoja",
    "requisitar": "llenar",
    "requisite": "llena",
    "aperturar": "abrir",
    "accesar": "entrar",
    "ingresar a": "entra a",
    "proporcionar": "dar",
    "realizar el": "haz el",
    "llevar a cabo": "hacer",
    "se procederá": "vamos a",
    "favor de": "por favor",
    "coadyuvar": "ayudar",
    "derechohabiente titular": "tú",
    "usted": "tú",
    "su solicitud": "tu solicitud",
    "haga clic": "presiona",
    "dar clic": "presiona",
    "clic aquí": "di a dónde lleva",
}
_TAG = re.compile(r"{#.*?#}|{%.*?%}", re.DOTALL)
_VALUE = re.compile(r"{{.*?}}", re.DOTALL)
_SILENT = re.compile(r"<(script|style|svg|noscript)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.I)
_SPOKEN_ATTRIBUTE = re.compile(
    r'\b(?:alt|aria-label|content|placeholder|data-(?:espera|listo|fallo))="([^"]{30,})"'
)
_INLINE = re.compile(r"</?(?:a|abbr|b|em|i|mark|span|strong|time|small)\b[^>]*>", re.I)
_BLOCK = re.compile(r"<[^>]+>")
_END = re.compile(r"(?<=[.!?:;…])\s+(?=[A-ZÁÉÍÓÚÑ¿¡«(0-9])|\n\s*\n")
_WORD = re.compile(r"[^\W_]+(?:[.'’@-][^\W_]+)*")


def sentences_of_template(text: str) -> Iterator[str]:
    """Yield the sentences of a template: each block by itself, a value counts as one word."""
    spoken = " ".join(f"\n\n{words}\n\n" for words in _SPOKEN_ATTRIBUTE.findall(text))
    text = _VALUE.sub(" dato ", _TAG.sub(" ", _SILENT.sub(" ", text)))
    text = _BLOCK.sub("\n\n", _INLINE.sub("", text))
    yield from _cut(html.unescape(text) + "\n\n" + _VALUE.sub("dato", _TAG.sub(" ", spoken)))


def sentences_of_python(source: str) -> Iterator[str]:
    """Yield the sentences of the strings that are shown: no docstrings, patterns or names."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if id(node) in docstrings:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _cut(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = (
                part.value if isinstance(part, ast.Constant) else "dato" for part in node.values
            )
            yield from _cut("".join(map(str, parts)))


def _cut(text: str) -> Iterator[str]:
    for sentence in _END.split(text):
        words = " ".join(sentence.split())
        if len(words) > 2:
            yield words


def faults(path: Path) -> Iterator[str]:
    """Yield one line per fault of `path`."""
    text = path.read_text()
    spoken = sentences_of_python(text) if path.suffix == ".py" else sentences_of_template(text)
    seen = set()
    for sentence in spoken:
        if sentence in seen:
            continue
        seen.add(sentence)
        if (length := len(_WORD.findall(sentence))) > LONGEST:
            yield f"{path}: {length} palabras: {sentence}"
        for phrase, better in BANNED.items():
            if re.search(rf"\b{phrase}\b", sentence, re.I):
                yield f"{path}: «{phrase}», mejor «{better}»: {sentence}"


def everything() -> list[Path]:
    pages = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("templates/**/*.txt")]
    spoken = [path for pattern in SPOKEN for path in ROOT.glob(pattern)]
    shown = (path.relative_to(ROOT) for path in sorted([*pages, *spoken]))
    return [path for path in shown if not str(path).startswith(EXEMPT)]


if __name__ == "__main__":
    chosen = [Path(name) for name in sys.argv[1:]] or everything()
    found = [fault for path in chosen for fault in faults(path)]
    print("\n".join(found))
    sys.exit(bool(found))
