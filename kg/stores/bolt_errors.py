"""The one place where errors of the driver become ours."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from neo4j import exceptions as driver

from kg.errors import (
    AuthenticationError,
    PaperKGError,
    QueryError,
    ReadOnlyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    TimeLimitError,
)

__all__ = ["translated"]

_LENGTH = 400
_LEAST_ROOM = 1_000_000
_FULL = ("No space left on device", "not enough space on the disk", "Disk full", "DiskFull")
_TIMEOUT = ("TransactionTimedOut", "LockClientStopped", "Timeout", "TransactionTerminated", "terminated by")


@contextlib.contextmanager
def translated(address: str, *, statement: bool = False) -> Iterator[None]:
    """Turn what the driver raises into our errors; `statement` says that a user's own statement runs inside."""
    try:
        yield
    except (driver.Neo4jError, driver.DriverError, OSError) as error:
        raise _translate(error, address, statement=statement) from error


def _has_no_room(address: str) -> bool:
    """Whether the disk under a folder is all but full: then the embedded engine fails with whatever it was at."""
    folder = Path(address)
    return "://" not in address and folder.is_dir() and shutil.disk_usage(folder).free < _LEAST_ROOM


def _translate(error: Exception, address: str, *, statement: bool) -> PaperKGError:
    if not statement and _has_no_room(address):
        return StoreFullError(f"no room on the disk of the store {address}: free some and run this again")
    if isinstance(error, driver.Neo4jError):
        return _from_server(error, address, statement=statement)
    if isinstance(error, driver.ServiceUnavailable | driver.SessionExpired | driver.IncompleteCommit | OSError):
        return StoreUnavailableError(f"the store {address} does not answer: check that it runs and listens there")
    if isinstance(error, driver.ConfigurationError):
        return StoreError(f"the store address {address} cannot be used: {_first_line(str(error))}")
    if statement:
        return QueryError(_first_line(str(error)))
    return StoreError(f"the store {address} failed: {_first_line(str(error))}")


def _from_server(error: driver.Neo4jError, address: str, *, statement: bool) -> PaperKGError:  # noqa: PLR0911 - a table of cases
    code, message = error.code or "", _first_line(error.message or "")
    if any(word in message for word in _FULL):
        return StoreFullError(f"no room on the disk of the store {address}: free some and run this again")
    if isinstance(error, driver.AuthError) and not isinstance(error, driver.Forbidden):
        return AuthenticationError(f"the store {address} refused user name or password: set NEO4J_USERNAME and NEO4J_PASSWORD")
    if isinstance(error, driver.Forbidden) or code.endswith("AccessMode"):
        if statement:
            return ReadOnlyError("this statement would write or is not allowed here: only statements that read are run")
        return StoreError(f"the user of the store {address} may not do this: {message}")
    if statement and any(word in f"{code} {message}" for word in _TIMEOUT):
        return TimeLimitError("the statement ran longer than allowed: ask for less or raise the limit")
    if code.endswith(("DatabaseNotFound", "DatabaseUnavailable")):
        return StoreUnavailableError(f"the store {address} has no such database, or it is stopped: {message}")
    if statement:
        return QueryError(message)
    if isinstance(error, driver.ConstraintError):
        return StoreError(f"the store {address} holds a node with the same label and key that is not of this graph: {message}")
    if isinstance(error, driver.TransientError):
        return StoreUnavailableError(f"the store {address} is too busy: {message}")
    return StoreError(f"the store {address} failed: {message}")


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines[0] if lines else "no reason given")[:_LENGTH]
