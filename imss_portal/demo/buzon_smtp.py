"""SMTP receiver of the demo: whatever it accepts becomes one .eml file in the mailbox folder.

Run as a file, with its listening socket already open: `python buzon_smtp.py FOLDER FD`.
It answers to two made-up names as a strict server would, so that refusals can be tried:
`rebota@…` is refused for good (550) and `espera@…` for now (451).
"""

import asyncio
import itertools
import os
import signal
import socket
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 10 * 1024 * 1024  # bytes
REFUSED = {
    "rebota": "550 5.1.1 Ese buzon no existe",
    "espera": "451 4.2.1 Ese buzon no atiende por ahora",
}


class Buzon:
    """aiosmtpd's handler."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, itertools.count()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := REFUSED.get(address.partition("@")[0]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        head = f"Return-Path: <{envelope.mail_from}>\r\n" + "".join(
            f"Delivered-To: {address}\r\n" for address in envelope.rcpt_tos
        )
        self.keep(head.encode("ascii", "replace") + envelope.content)
        return "250 OK"

    def keep(self, message: bytes) -> None:
        """Write the file whole before it has its name: whoever lists the folder sees no half."""
        name = f"{time.time_ns()}-{os.getpid()}-{next(self.count)}"
        partial = self.folder / f".{name}"
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(message)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(self.folder / f"{name}.eml")


async def serve(folder: Path, descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    handler, over = Buzon(folder), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, over.set)
    server = await loop.create_server(
        lambda: SMTP(handler, data_size_limit=LARGEST, hostname="buzon.localhost", loop=loop),
        sock=socket.socket(fileno=descriptor),
    )
    async with server:
        await over.wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
