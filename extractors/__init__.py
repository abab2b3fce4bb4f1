"""spaCy components that read titles and abstracts of machine-learning papers."""
