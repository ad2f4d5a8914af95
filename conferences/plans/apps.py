from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "conferences.plans"
    label = "plans"

    def ready(self):
        """Register what follows a cancelled review and a birth, the check before a letter goes, the child's timeline,
        where members will be, who of them is invited, and the rows that follow a change of circle.
        """
        from conferences.convening.actions.booking import follows_a_cancellation
        from conferences.convening.permissions.independence import shows_part_in_case
        from conferences.convening.queries.proposed_again import proposes_also
        from conferences.plans.actions.births import move_review_after_birth
        from conferences.plans.actions.reviews import keep_review
        from conferences.plans.circles import ROWS
        from conferences.plans.letters.still_right import why_not_to_send_date, why_not_to_send_end
        from conferences.plans.queries import what_happened
        from conferences.plans.queries.parts_in_case import part_in_plans
        from conferences.plans.queries.presences import core_group_presences, need_meeting_presences
        from conferences.plans.queries.proposals import core_group_to_invite
        from conferences.separation.queries.presences import registers_presences
        from cpc.core.documents.sending import ask_before_sending
        from families.overview.queries.timeline import tells_of
        from families.people.actions.people import follows_a_birth
        from families.people.circles import repoint_with_the_family

        follows_a_cancellation(keep_review)
        follows_a_birth(move_review_after_birth)
        ask_before_sending(why_not_to_send_end)
        ask_before_sending(why_not_to_send_date)
        tells_of(what_happened)
        proposes_also(core_group_to_invite)
        shows_part_in_case(part_in_plans)
        registers_presences(core_group_presences)
        registers_presences(need_meeting_presences)
        repoint_with_the_family(*ROWS)
