"""What was said, as cases: folded, viewed, rung for, and what clashes in them."""
