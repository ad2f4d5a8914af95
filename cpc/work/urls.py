"""Addresses of the first pages and lists."""

from django.urls import path

from cpc.work import views

app_name = "work"
urlpatterns = [
    path("", views.home, name="home"),
    path("conferences/all/", views.conferences, name="conferences"),
    path("conferences/diary/", views.diary, name="diary"),
    path("conferences/next-seven-days/", views.next_seven_days, name="next_seven_days"),
    path("conferences/<int:pk>/ready/", views.readiness, name="readiness"),
    path("families/<int:pk>/trail/", views.trail, name="trail"),
    path("out-of-hours/", views.out_of_hours, name="out_of_hours"),
    path("opened-without-agreement/", views.opened_without_agreement, name="opened_without_agreement"),
    path("second-checks/", views.second_checks, name="second_checks"),
    path("set-up/", views.set_up, name="set_up"),
    path("equality/", views.equality, name="equality"),
    path("about-conferences/", views.about_conferences, name="about_conferences"),
    path("performance/", views.performance, name="performance"),
]
