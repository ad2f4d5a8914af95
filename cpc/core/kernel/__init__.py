"""Dates, states, deadlines and refusals. Plain Python: nothing here may import Django."""
