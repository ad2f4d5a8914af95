"""What pages and letters read of everything written."""
