"""Pages of families, one module for each thing that people do."""
