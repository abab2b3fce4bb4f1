"""One module per command, named like it, holding a click command of the same name; loaded when it is called."""
