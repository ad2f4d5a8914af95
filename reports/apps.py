from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"

    def ready(self):
        from cpc.core.documents.sending import ask_before_sending
        from reports.queries.leaving import why_it_tells_too_much_now

        ask_before_sending(why_it_tells_too_much_now)
        # What was issued is read again by its letter's name, so every letter is known from the start.
        import reports.letters

        # What only some may read is a source of the warning against carrying it further, wherever something is saved.
        import reports.queries.sources  # noqa: F401
