from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "cpc.running"
    label = "running"

    def ready(self):
        from cpc.running import deploy_checks  # noqa: F401
        from cpc.running.job_runs import follow_jobs

        follow_jobs()
