from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "families.finding"
    label = "finding"
