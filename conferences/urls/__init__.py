"""Addresses of conferences, one module a journey."""

from conferences.urls import booking, invitations, meeting, request

app_name = "conferences"
urlpatterns = [*request.urlpatterns, *booking.urlpatterns, *invitations.urlpatterns, *meeting.urlpatterns]
