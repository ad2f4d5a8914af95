from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "families"
    label = "families"

    def ready(self):
        # Whoever looks at a child, on whichever app's page: the trail says how they came to the family.
        from cpc.core.audit.looks import how_they_came
        from families.queries.access import bases_of_children

        how_they_came(bases_of_children)
