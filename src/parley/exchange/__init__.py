"""Other systems' formats, in and out. Pure functions between bytes and plain typed data; nothing here knows a statement."""
