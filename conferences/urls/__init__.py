"""Addresses of conferences, one module a journey."""

from conferences.urls import booking, enquiries, invitations, meeting, request

app_name = "conferences"
urlpatterns = [
    *enquiries.urlpatterns, *request.urlpatterns, *booking.urlpatterns, *invitations.urlpatterns, *meeting.urlpatterns
]  # fmt: skip
