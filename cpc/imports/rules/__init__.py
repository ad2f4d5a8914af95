"""What an import's file holds and what can be wrong with it. Pure: no database, no clock, no Django."""
