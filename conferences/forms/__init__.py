"""What is asked about conferences. Thin: forms clean, actions act."""
