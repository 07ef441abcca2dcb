"""Places, areas, heights and times in four dimensions, and whether two of them clash. Knows nothing of statements."""
