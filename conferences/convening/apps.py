from django.apps import AppConfig


class ConveningConfig(AppConfig):
    name = "conferences.convening"
    label = "convening"

    def ready(self):
        """Register letters, restricted texts, where people will be, checks before sending, and the rows that follow a
        change of circle.
        """
        from conferences.convening.circles import ROWS
        from conferences.convening.letters import occasions
        from conferences.convening.letters.still_right import why_drafted_again, why_page_is_printed_again
        from conferences.convening.queries import sources
        from conferences.convening.queries.hand_delivery import workers_who_hand_over
        from conferences.convening.queries.letter_context import why_not_to_send
        from conferences.convening.queries.list_checks import list_awaits_check
        from conferences.convening.queries.presences import conference_presences
        from conferences.convening.queries.uninformed import conflict_blocks_sending
        from conferences.separation.queries.presences import registers_presences
        from cpc.core.documents.hand_delivery import knows_who_hands_over
        from cpc.core.documents.sending import ask_before_sending
        from families.people.circles import repoint_with_the_family

        ask_before_sending(why_not_to_send)
        ask_before_sending(list_awaits_check)
        ask_before_sending(why_drafted_again)
        ask_before_sending(why_page_is_printed_again)
        ask_before_sending(conflict_blocks_sending)
        knows_who_hands_over(workers_who_hand_over)
        registers_presences(conference_presences)
        assert occasions and sources  # registered by being imported
        repoint_with_the_family(*ROWS)
