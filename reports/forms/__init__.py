"""What is asked of everything written."""
