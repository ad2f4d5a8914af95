from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "conferences.plans"
    label = "plans"

    def ready(self):
        """A child's timeline asks us what we know of it."""
        from conferences.plans.queries import what_happened
        from families.queries.timeline import tells_of

        tells_of(what_happened)
