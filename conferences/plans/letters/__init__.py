"""The letters about plans between conferences. Importing this registers them with the letter engine."""
