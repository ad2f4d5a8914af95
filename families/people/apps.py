from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "families.people"
    label = "people"

    def ready(self):
        # The pages of ``cpc.core`` name families and know no children: who looked is recorded for each child.
        from cpc.core.audit.looks import children_of_families
        from families.people.queries.household import ids_of_children

        children_of_families(ids_of_children)
