"""Where a graph is kept: a Neo4j server by its address, or the embedded engine by a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.settings import StoreSettings
    from kg.stores.bolt import BoltStore

__all__ = ["open_store"]


def open_store(settings: StoreSettings, *, create: bool = True) -> BoltStore:
    """The store that the settings name. Where `create` is false, a folder must be a store already.

    Raises StoreError and its kin, StoreAddressError for an address that is no store's.
    """
    from kg.stores.bolt import BoltStore

    if settings.is_server:
        from kg.stores.server import ServerEngine

        return BoltStore(ServerEngine(settings))
    from kg.stores.embedded_engine import EmbeddedEngine

    return BoltStore(EmbeddedEngine(settings, create=create))
