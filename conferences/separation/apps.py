from django.apps import AppConfig


class SeparationConfig(AppConfig):
    name = "conferences.separation"
    label = "separation"
