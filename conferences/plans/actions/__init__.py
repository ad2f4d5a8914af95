"""What people do about plans: the only writer. One module a journey."""
