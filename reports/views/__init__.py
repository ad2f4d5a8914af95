"""Pages of everything written, one module a journey."""
