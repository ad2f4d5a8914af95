from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "families.people"
    label = "people"

    def ready(self):
        # A page of the ground that names a family says who looked at its children.
        from cpc.core.audit.looks import children_of_families
        from families.people.queries.household import ids_of_children

        children_of_families(ids_of_children)
