"""A mail server that is away: nobody answers at its port."""

from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class Caido(EmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "host": "127.0.0.1", "port": 1, "timeout": 1})
