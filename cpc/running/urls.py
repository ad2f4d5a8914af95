"""Addresses of the page of the service."""

from django.urls import path

from cpc.running import views

app_name = "running"
urlpatterns = [
    path("", views.service, name="service"),
    path("try-now/", views.try_now, name="try_now"),
    path("send-again/", views.retry_all, name="retry_all"),
    path("release/", views.release, name="release"),
]
