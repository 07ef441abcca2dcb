"""Drills scored: what the record shows of everyone, as a pure function from what was observed to a score.

`exercises` names the drills; `observed` is what the scorer looks at; `scale` says what counts how much; `score` scores;
`telling` makes the report. docs/drills.md is the scale in words.
"""
