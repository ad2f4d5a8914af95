"""What people do about conferences: the only writer. One module a journey."""
