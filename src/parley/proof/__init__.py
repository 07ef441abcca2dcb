"""Proofs that leave the mechanism: what is proven, to someone who has only the file and the keys.

Imports the record and the charter; does no I/O; reads no clock.

    bundle              the proof file and its one form in bytes
    assemble, gather    a proof file made from a node's record
    verify              a proof file's bytes to a report: the steps, and what each must find
    charters, chain     the charters, and each log's directory, as a proof holds them
    heads, claims       checkpoints and inclusion; receipts and earliest time, bound to one history
    facts, findings     what stands verified; what is proven and what cannot be told
    report, words       the report as data; the report in plain English
    tlogproof, export   C2SP text forms
"""
