from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "families.cases"
    label = "cases"
