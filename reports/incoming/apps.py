from django.apps import AppConfig


class IncomingConfig(AppConfig):
    name = "reports.incoming"
    label = "incoming"

    def ready(self):
        """Register the restricted texts, where people will be, who has a part in the case, and the rows that follow a
        change of circle.
        """
        from conferences.convening.permissions.independence import shows_part_in_case
        from conferences.separation.queries.presences import registers_presences
        from families.people.circles import repoint_with_the_family
        from reports.incoming.circles import ROWS
        from reports.incoming.queries import sources
        from reports.incoming.queries.parts_in_case import part_in_reports
        from reports.incoming.queries.presences import talk_presences

        shows_part_in_case(part_in_reports)
        registers_presences(talk_presences)
        assert sources  # registered by being imported: every save warns against copying from them
        repoint_with_the_family(*ROWS)
