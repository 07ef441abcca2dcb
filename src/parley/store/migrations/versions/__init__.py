"""One file a revision, in the order their `down_revision` gives. Upwards only: a store is never downgraded."""
