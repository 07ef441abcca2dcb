"""The running node: the I/O-free core (`core`, `replication`, `receipts`, `folding`, `forks`, `door`) and the
runtime that wires it to sockets, disk and clock."""
