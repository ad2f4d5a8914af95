from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "families.overview"
    label = "overview"
