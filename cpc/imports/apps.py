from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "cpc.imports"
    label = "imports"
