"""The interactive view of a graph as one HTML file."""

from kg.explorer.html import html_page, write_html
from kg.explorer.notebook import Frame

__all__ = ["Frame", "html_page", "write_html"]
