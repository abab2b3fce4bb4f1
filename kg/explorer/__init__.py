"""The interactive view of a graph as one HTML file."""

from kg.explorer.html import html_page, write_html

__all__ = ["html_page", "write_html"]
