"""Addresses of imports."""

from django.urls import path

from cpc.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="list"),
    path("template.xlsx", views.template, name="template"),
    path("template/<slug:sheet>.csv", views.template_csv, name="template_csv"),
    path("agencies/", views.directory, name="directory"),
    path("agencies/load/", views.load_directory, name="load_directory"),
    path("agencies/template.csv", views.directory_template, name="directory_template"),
    path("set-aside/", views.set_aside, name="set_aside"),
    path("set-aside/<int:pk>/dealt-with/", views.settle, name="settle"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/how-far/", views.how_far, name="how_far"),
    path("<int:pk>/load/", views.load, name="load"),
    path("<int:pk>/put-away/", views.put_away, name="put_away"),
    path("<int:pk>/faults.csv", views.faults, name="faults"),
]
