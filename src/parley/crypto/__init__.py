"""Deterministic CBOR, keys and key files, COSE_Sign1, sealing.

Thin over `cryptography` and `cbor2`: no primitive is home-made. No clock, and no randomness but where a key, a salt
or a sealed object is made; no disk but in `keyfile`.
"""
