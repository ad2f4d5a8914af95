from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "families.people"
    label = "people"
