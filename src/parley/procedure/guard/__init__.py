"""The text guard: what in a text could be misread is flagged, never resolved or changed."""
