"""The statements of paperkg: every one is a file in the folders beside this module."""
