from django.apps import AppConfig


class OutgoingConfig(AppConfig):
    name = "reports.outgoing"
    label = "outgoing"

    def ready(self):
        """Register checks before sending, letters, restricted texts and the rows that follow a change of circle."""
        from cpc.core.documents.actions import after_taking_back
        from cpc.core.documents.sending import ask_before_sending
        from families.people.circles import repoint_with_the_family
        from reports.outgoing import letters
        from reports.outgoing.actions.taking_back import withhold_what_was_taken_back
        from reports.outgoing.circles import ROWS
        from reports.outgoing.queries import sources
        from reports.outgoing.queries.checking import why_not_safe_to_send_now

        after_taking_back(withhold_what_was_taken_back)
        ask_before_sending(why_not_safe_to_send_now)
        assert letters and sources  # registered by being imported: issued documents are rebuilt by the letter's name
        repoint_with_the_family(*ROWS)
