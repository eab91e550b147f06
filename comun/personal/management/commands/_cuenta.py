"""What the commands about one account ask for."""

from argparse import ArgumentParser

from django.contrib.auth.models import User
from django.core.management.base import CommandError


def ask(parser: ArgumentParser, reasons: tuple[str, ...]) -> None:
    parser.add_argument("usuario")
    parser.add_argument("--motivo", required=True, choices=reasons)


def find(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"No existe la cuenta «{name}».")
    return user
