"""CPC: child protection conferences. The project and what stands on everything."""

from cpc.celery import app as celery_app

__all__ = ["celery_app"]
