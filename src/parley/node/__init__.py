"""The running node: what runs it (`runtime`), its cases, its core without I/O, and its directory; see the folders' own words."""
