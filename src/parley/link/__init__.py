"""The link between two nodes: frames, the session as a pure state machine, pinned TLS 1.3, the asyncio transport."""
