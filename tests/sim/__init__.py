"""The simulator: n nodes on the I/O-free core, one seed, a hostile world, and an audit after every run."""
