"""Driving licences (ISO/IEC 18013-5 mdoc) verified in Arrow batches, as ``liangzheng verify --batch`` does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar, final

__version__: str

SPARK_SCHEMA: str
"""The columns of the result, as ``DataFrame.mapInArrow`` takes a schema."""

class ArrowBatch(Protocol):
    """A record batch by the Arrow PyCapsule interface, such as ``pyarrow.RecordBatch``."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

class ArrowTable(Protocol):
    """Several batches by the Arrow PyCapsule interface, such as ``pyarrow.Table`` or ``polars.DataFrame``."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

_Batch = TypeVar("_Batch", bound=ArrowBatch | ArrowTable)
_File = bytes | str
_Files = _File | Sequence[_File]

class Error(ValueError):
    """An argument or a column is wrong. A row that is wrong is no error: it has a code in the result."""

    code: str
    """The stable code in kebab case."""

@final
class Verifier:
    """Verifies many batches by the same trust, status and policy.

    Files are given by their contents, so that a cluster needs no folder: nothing is opened, and nothing is fetched.

    :param trust: certificates of issuing authorities (IACA, PEM or DER), trust lists (VICAL) and revocation lists
    :param status: status lists (Token Status List as CWT)
    :param crl: revocation lists of authorities in ``trust``
    :param list_roots: roots of trust lists' providers that are not built in
    :param revoked: SHA-256 of revoked document signers' certificates, in hexadecimal
    :param policy: the policy of a partner as JSON, which then decides
    :param case: what the partner knows about every row, as JSON; the column ``case`` takes its place
    :param now: the time of the verdict of rows without ``at``; otherwise the machine's clock
    :param utc_offset: how far the verifier's place is ahead of UTC, such as ``-07:00``; ``+08:00`` without it
    :param audience: the name by which holders may address this verifier
    :param strict: whether every departure of the issuer's certificates from Annex B is refused
    :param language: of the sentences in ``json``: ``en`` or ``zh-CN``
    :param jobs: threads for a batch; one by default, because Spark and Ray start a process for each core
    :raises Error: if an argument is wrong
    """

    def __new__(
        cls,
        *,
        trust: _Files,
        status: _Files | None = None,
        crl: _Files | None = None,
        list_roots: _Files | None = None,
        revoked: Sequence[str] | None = None,
        policy: _File | None = None,
        case: _File | None = None,
        now: datetime | str | None = None,
        utc_offset: str | None = None,
        audience: str | None = None,
        strict: bool = False,
        language: str = "en",
        jobs: int = 1,
    ) -> Verifier: ...
    def verify(self, batch: _Batch) -> Any:
        """Returns one row for each row of the batch, in the same order, without holding the GIL.

        Columns that are read: ``presentation`` (binary, or a text in base64 or hexadecimal); optional ``id`` (text or
        integer), ``at`` (timestamp with a zone, or a text by RFC 3339) and ``case`` (JSON).

        Columns that are returned: ``id``; ``verdict`` (verified is green, undetermined amber, refused red; null if the row
        is not judged); ``decision`` (accept, review, refuse; null without a policy); ``codes``, the reasons; ``json``, the
        line that ``liangzheng verify --batch`` writes, byte for byte.

        Returns a ``pyarrow.RecordBatch`` for one of pyarrow, a ``pyarrow.Table`` for a table of pyarrow; for others an object
        with the Arrow PyCapsule interface.

        :raises Error: if a column is missing or has the wrong type
        """

def verify(
    batch: _Batch,
    *,
    trust: _Files,
    status: _Files | None = None,
    crl: _Files | None = None,
    list_roots: _Files | None = None,
    revoked: Sequence[str] | None = None,
    policy: _File | None = None,
    case: _File | None = None,
    now: datetime | str | None = None,
    utc_offset: str | None = None,
    audience: str | None = None,
    strict: bool = False,
    language: str = "en",
    jobs: int = 1,
) -> Any:
    """As :meth:`Verifier.verify`, for one batch."""
