"""Adapter to an RFC 3161 authority: an outside clock that dates a signature (PAdES B-T).

The authority is asked with a whole deadline, not one per read: slow, silent,
down and wrong ones all end as TimeUnavailable. Who asks decides what then.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from constancias.errors import TimeUnavailable

DEADLINE = 3  # s, from the name's resolution to the last byte; three documents fit in one step
ANSWER_MAX = 64 * 1024  # bytes; real answers are under 10 kB
ROOM = 16 * 1024  # bytes kept in the signature for the authority's token and its certificates


def authority() -> Any | None:
    """Return pyHanko's client of settings.TSA_URL, or None when no authority is set."""
    if not settings.TSA_URL:
        return None
    return _client(settings.TSA_URL, settings.TSA_AUTORIDAD)


def trusted_roots() -> str:
    """Return the PEM certificates that an authority's token must lead to, or ""."""
    return Path(settings.TSA_AUTORIDAD).read_text() if settings.TSA_AUTORIDAD else ""


@lru_cache(maxsize=2)
def _client(url: str, roots_file: str) -> Any:
    from asn1crypto import cms, tsp  # noqa: PLC0415
    from pyhanko.sign.timestamps import TimeStamper  # noqa: PLC0415

    class Client(TimeStamper):
        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            """Return a token that is signed, of this digest, and of a trusted authority if told."""
            try:
                token: cms.ContentInfo = await super().async_timestamp(message_digest, md_algorithm)
                whole = await _holds(token, message_digest)
            except TimeUnavailable:
                raise
            except Exception as exc:  # whatever a stranger's bytes do to a parser
                raise TimeUnavailable("respuesta") from exc
            if not whole:
                raise TimeUnavailable("firma")
            return token

        async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
            return tsp.TimeStampResp.load(await _post(url, req.dump()), strict=True)

    return Client()  # type: ignore[no-untyped-call]


async def _post(url: str, body: bytes) -> bytes:
    import aiohttp  # noqa: PLC0415

    headers = {
        "Content-Type": "application/timestamp-query",
        "Accept": "application/timestamp-reply",
    }
    wait = aiohttp.ClientTimeout(total=DEADLINE)
    try:
        async with (
            aiohttp.ClientSession(timeout=wait, raise_for_status=True) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            content = b""
            while len(content) <= ANSWER_MAX and (more := await answer.content.read(ANSWER_MAX)):
                content += more
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as exc:
        raise TimeUnavailable(type(exc).__name__) from exc
    if len(content) > ANSWER_MAX:
        raise TimeUnavailable("tamaño")
    return content


async def _holds(token: Any, digest: bytes) -> bool:
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data  # noqa: PLC0415
    from pyhanko.sign.validation.status import TimestampSignatureStatus  # noqa: PLC0415

    roots = trusted_roots()
    facts = await validate_tst_signed_data(token["content"], context_of(roots), lambda _: digest)
    found = TimestampSignatureStatus(**facts)
    return bool(found.valid and found.intact and (found.trusted or not roots))


def context_of(roots: str) -> Any:
    """Return pyHanko's context for judging tokens: these PEM roots and no network."""
    from asn1crypto import pem, x509  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    parts = pem.unarmor(roots.encode(), multiple=True) if roots else ()
    certificates = [x509.Certificate.load(der) for _, _, der in parts]
    return ValidationContext(trust_roots=certificates, allow_fetching=False)
