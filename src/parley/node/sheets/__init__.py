"""The sheets that the program makes, so that nobody has to remember: the handover sheet and the continuity sheet.

| module | its one concern |
| --- | --- |
| `views` | what a sheet says, as typed values |
| `gather` | what of a running node bears on a sheet, read in slices between other work |
| `making` | a sheet out of that: pure, reads no clock |
| `canon` | the bytes of a handover sheet, whose SHA-256 both officers sign |
| `values`, `labels`, `layout` | a sheet in words of one language: pure |
| `fonts`, `pdf` | those words as PDF, made here without browser or network |
| `hourly` | the continuity sheet of each hour, kept in the node's directory |

A sheet is this member's alone, like what is private: it is never on a line. Only the digest of a handover's is.
"""
