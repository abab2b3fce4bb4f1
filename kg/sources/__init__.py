"""Where records come from: saved listings, arXiv metadata and feeds, the hub's daily papers, saved or live."""

from __future__ import annotations

from kg.sources.lines import as_json
from kg.sources.opening import leads_anywhere, open_sources

__all__ = ["as_json", "leads_anywhere", "open_sources"]
