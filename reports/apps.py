from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"

    def ready(self):
        # What was issued is read again by its letter's name, so every letter is known from the start.
        import reports.letters

        # What only some may read is a source of the warning against carrying it further, wherever something is saved.
        import reports.queries.sources  # noqa: F401
