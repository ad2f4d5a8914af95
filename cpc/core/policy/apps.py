from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "cpc.core.policy"
    label = "policy"
