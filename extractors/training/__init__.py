"""How the weights in extractors/models are made: `python -m extractors.training --help`."""
