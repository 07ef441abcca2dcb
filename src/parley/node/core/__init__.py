"""The core: what a node holds, signs and sends, as one state machine without I/O."""
