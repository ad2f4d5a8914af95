from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "conferences.disclosure"
    label = "disclosure"
