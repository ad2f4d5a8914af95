"""Addresses of accounts, teams and agencies."""

from django.urls import path

from cpc.core.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.users, name="users"),
    path("add/", views.add_user, name="add_user"),
    path("<int:pk>/", views.user, name="user"),
    path("hand-over/", views.hand_overs, name="hand_overs"),
    path("<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("checks/<int:pk>/", views.check, name="check"),
    path("teams/", views.teams, name="teams"),
    path("teams/add/", views.add_team, name="add_team"),
    path("teams/<int:pk>/", views.team, name="team"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/add/", views.add_agency, name="add_agency"),
    path("agencies/<int:pk>/", views.agency, name="agency"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
