"""Every error that paperkg raises on purpose.

    PaperKGError
    ├── InputError            something that was given cannot be used
    │   ├── SourceError       a source cannot be read at all (missing, unknown shape, network)
    │   ├── DecisionError     a log of decisions on names is damaged
    │   └── GoldError         a gold or prediction file breaks the format
    ├── UsageError            a call that makes no sense: unknown name, bad parameter
    │   └── QueryError        the engine refused a statement of the user's
    │       ├── ReadOnlyError     it would have written
    │       └── TimeLimitError    it ran longer than allowed
    ├── ExtractorError        an extractor is missing, broken or was trained for another version
    └── StoreError            the store cannot do what was asked
        ├── StoreAddressError       the address is no store's: a call that makes no sense as well
        ├── StoreUnavailableError   away, not answering, no permission to attach
        ├── AuthenticationError     user name or password refused
        ├── ForeignDataError        the database holds nodes that are not ours
        ├── StoreVersionError       written by another version
        └── StoreFullError          no room left on the disk

Each message is one sentence that names the input and says what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "AuthenticationError",
    "DecisionError",
    "ExtractorError",
    "ForeignDataError",
    "GoldError",
    "InputError",
    "PaperKGError",
    "QueryError",
    "ReadOnlyError",
    "SourceError",
    "StoreAddressError",
    "StoreError",
    "StoreFullError",
    "StoreUnavailableError",
    "StoreVersionError",
    "TimeLimitError",
    "UsageError",
    "choice",
]


class PaperKGError(Exception):
    """Root of all errors of this package; `retryable` says whether the same call may succeed later."""

    retryable = False


class InputError(PaperKGError):
    """Something that was given cannot be used."""


class SourceError(InputError):
    """A source cannot be read at all."""


class DecisionError(InputError):
    """A log of decisions on names is damaged."""


class GoldError(InputError):
    """A gold or prediction file breaks the format."""


class UsageError(PaperKGError):
    """A call that makes no sense."""


class QueryError(UsageError):
    """The engine refused a statement."""


class ReadOnlyError(QueryError):
    """A statement given for reading would have written."""


class TimeLimitError(QueryError):
    """A statement ran longer than allowed."""


class ExtractorError(PaperKGError):
    """An extractor is missing, broken or was trained for another version."""


class StoreError(PaperKGError):
    """The store cannot do what was asked."""


class StoreAddressError(StoreError, UsageError):
    """The address is no store's."""


class StoreUnavailableError(StoreError):
    """The store does not answer."""

    retryable = True


class AuthenticationError(StoreError):
    """User name or password refused."""


class ForeignDataError(StoreError):
    """The database holds nodes that are not ours."""


class StoreVersionError(StoreError):
    """The store was written by another version."""


class StoreFullError(StoreError):
    """No room left on the disk."""


def choice(got: object, valid: Iterable[str], what: str) -> UsageError:
    """The error for a value that is none of the valid ones: names what came and what would be right."""
    return UsageError(f"{what} {str(got)!r} is unknown; valid are {', '.join(sorted(valid))}")
