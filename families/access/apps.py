from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "families.access"
    label = "access"

    def ready(self):
        # When a user looks at a child, on any app's page, the trail says how they came to the family.
        from cpc.core.audit.looks import how_they_came
        from families.access.queries.access import bases_of_children

        how_they_came(bases_of_children)
