"""People on very bad lines, or who pretend: they send a byte a second, or read nothing."""

import asyncio
import ssl
import time
from contextlib import suppress
from itertools import cycle

from tests.pila.puesta import HOST

HEAD = f"POST /asignacion-nss/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: text/plain\r\n"
ARRIVE = 6  # s until the last one is there
KINDS = cycle(("cabecera", "cuerpo", "lectura"))


class Lentos:
    """`how_many` slow clients of three kinds; who is sent away comes back at once."""

    def __init__(self, port: int, context: ssl.SSLContext | None, how_many: int) -> None:
        self.port, self.context, self.how_many = port, context, how_many
        self.visits = self.cut = 0

    async def _one(self, kind: str) -> None:
        name = HOST if self.context else None
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.port, ssl=self.context, server_hostname=name
        )
        self.visits += 1
        try:
            if kind == "lectura":
                writer.write(f"GET /conoce/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
                await asyncio.sleep(8)
                return
            text = HEAD + ("Content-Length: 5000\r\n\r\n" if kind == "cuerpo" else "X-Lento: ")
            writer.write(text.encode())
            while not reader.at_eof():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(1)
            self.cut += 1
        finally:
            writer.close()

    async def _for_ever(self, kind: str, late: float) -> None:
        await asyncio.sleep(late)  # they do not come all at once: that would be a flood
        while True:
            with suppress(OSError):
                await self._one(kind)
            await asyncio.sleep(0.2)

    async def around(self, seconds: float) -> list[float]:
        """Ask /salud/viva every 100 ms with all of them there; return how long each took, in s."""
        tasks = [
            asyncio.create_task(self._for_ever(next(KINDS), ARRIVE * n / self.how_many))
            for n in range(self.how_many)
        ]
        await asyncio.sleep(ARRIVE)
        took, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            took.append(await self._ask())
            await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return took

    async def _ask(self, patience: float = 5) -> float:
        begun = time.monotonic()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(patience):
                name = HOST if self.context else None
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", self.port, ssl=self.context, server_hostname=name
                )
                writer.write(
                    f"GET /salud/viva HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
                    "Connection: close\r\n\r\n".encode()
                )
                answer = await reader.read()
                writer.close()
                assert b" 200 " in answer.partition(b"\r\n")[0], answer[:200]
                return time.monotonic() - begun
        return patience
