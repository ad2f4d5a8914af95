from django.apps import AppConfig


class ProtectionsConfig(AppConfig):
    name = "families.protections"
    label = "protections"
