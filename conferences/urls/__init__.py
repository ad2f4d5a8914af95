"""Addresses of conferences, one module a journey."""

from conferences.urls import convene, invite, meet, request

app_name = "conferences"
urlpatterns = [*request.urlpatterns, *convene.urlpatterns, *invite.urlpatterns, *meet.urlpatterns]
