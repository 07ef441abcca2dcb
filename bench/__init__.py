"""The measured comparisons: `python -m bench [--only NAME] [--format table|json]`."""
