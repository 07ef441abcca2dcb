"""The project's own small tools."""
