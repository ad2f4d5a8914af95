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
    path("agencies/<int:pk>/change/", views.change_agency, name="change_agency"),
    path("agencies/<int:pk>/contacts/add/", views.add_contact, name="add_contact"),
    path("agencies/contacts/<int:pk>/", views.change_contact, name="change_contact"),
    path("agencies/contacts/<int:pk>/remove/", views.remove_contact, name="remove_contact"),
    path("agencies/<int:pk>/closed-days/add/", views.add_closure, name="add_closure"),
    path("agencies/closed-days/<int:pk>/remove/", views.remove_closure, name="remove_closure"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
