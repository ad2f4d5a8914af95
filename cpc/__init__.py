"""CPC: child protection conferences. The project, and what every app uses."""
