"""The engine all desks share: declarations, cases as folds, ladders, clocks, read-back, phrasebook and text guard."""
