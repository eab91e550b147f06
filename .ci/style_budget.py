"""Fails when a file, a function or a view outgrows its budget (lines: 300, 50, 20)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_MAX, FUNCTION_MAX, VIEW_MAX = 300, 50, 20
Function = ast.FunctionDef | ast.AsyncFunctionDef


def overruns(path: Path) -> Iterator[str]:
    """Yield one line of text per broken budget in `path`."""
    source = path.read_text()
    if (lines := source.count("\n")) > FILE_MAX:
        yield f"{path}: {lines} lines, budget {FILE_MAX}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            size, budget = body_lines(node), VIEW_MAX if is_view(path, node) else FUNCTION_MAX
            if size > budget:
                yield f"{path}:{node.lineno} {node.name}: {size} lines, budget {budget}"


def body_lines(node: Function) -> int:
    """Return how many lines the body takes, its docstring not counted."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def is_view(path: Path, node: Function) -> bool:
    room = path.name == "views.py" or path.parent.name == "pasos"
    return room and any(argument.arg == "request" for argument in node.args.args)


def files(roots: list[str]) -> Iterator[Path]:
    for root in map(Path, roots):
        if root.is_file():
            yield root
        for path in root.rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


if __name__ == "__main__":
    problems = [line for path in files(sys.argv[1:]) for line in overruns(path)]
    for line in problems:
        print(line)
    sys.exit(bool(problems))
