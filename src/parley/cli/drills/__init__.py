"""`parley drill`: exercises led, and scored from the record alone.

`command` is the command; `leading` leads a drill at a running node; `observing` reads what its views show for the scorer;
`rehearsal` founds a mechanism of its own and plays it with scripted officers (`playing`); `texts` is what a drill says.
"""

from parley.cli.drills.command import drill

__all__ = ["drill"]
