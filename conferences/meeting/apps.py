from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "conferences.meeting"
    label = "meeting"

    def ready(self):
        """Register restricted texts, the timeline and the rows that follow a change of circle."""
        from conferences.meeting.circles import ROWS
        from conferences.meeting.queries import sources, timeline
        from families.people.circles import repoint_with_the_family

        assert sources and timeline  # registered by being imported
        repoint_with_the_family(*ROWS)
