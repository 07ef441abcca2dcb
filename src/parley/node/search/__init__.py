"""What is looked for: the threads, what feeds the index, what is asked of it."""
