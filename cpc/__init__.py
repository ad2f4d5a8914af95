"""CPC: child protection conferences. The project and what stands on everything."""
