"""What needs doing, and what is coming: first pages, lists of conferences, performance. Writes nothing."""
