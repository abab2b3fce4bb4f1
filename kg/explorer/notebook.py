"""The explorer inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

__all__ = ["Frame"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page that notebooks show in place. It runs in a sandbox of its own and reaches nothing of the notebook."""

    page: str = field(repr=False)
    height: int = 640

    def _repr_html_(self) -> str:
        sandbox = "allow-scripts allow-popups allow-downloads"
        style = f"width: 100%; height: {self.height}px; border: 1px solid #d5dae2"
        return f'<iframe title="Knowledge graph" sandbox="{sandbox}" style="{style}" srcdoc="{escape(self.page)}"></iframe>'
