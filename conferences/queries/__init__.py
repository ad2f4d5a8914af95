"""What pages and letters read about conferences."""
