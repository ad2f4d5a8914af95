from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "conferences"
    label = "conferences"

    def ready(self):
        """Every letter of ours is known by name, and nothing leaves for somebody who has died meanwhile."""
        from conferences.letters import leaving
        from conferences.queries import timeline
        from conferences.queries.barred import why_nothing_for_whoever_has_a_conflict
        from conferences.queries.checking import why_the_move_waits
        from conferences.queries.tell import why_not_to_send
        from cpc.core.documents.sending import ask_before_sending

        ask_before_sending(why_not_to_send)
        ask_before_sending(why_the_move_waits)
        ask_before_sending(why_nothing_for_whoever_has_a_conflict)
        assert leaving and timeline  # registered by being imported
