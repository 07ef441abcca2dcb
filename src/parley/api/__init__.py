"""HTTP for this member's own people, on loopback: statements in, views out, and a read-only page of the record."""
