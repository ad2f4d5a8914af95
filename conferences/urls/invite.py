"""Addresses of the list of people to invite, of what they are sent, and of their own page."""

from django.urls import path

from conferences.views import checking, invitation, invite

urlpatterns = [
    path("<int:pk>/invitations/", invite.invitations, name="invitations"),
    path("<int:pk>/invitations/propose/", invite.propose, name="propose_invitations"),
    path("<int:pk>/invitations/family/", invite.add_family_member, name="add_family_member"),
    path("<int:pk>/invitations/professional/", invite.add_professional, name="add_professional"),
    path("<int:pk>/invitations/why-not/", invite.why_not, name="why_not"),
    path("<int:pk>/invitations/preview/", invite.preview, name="preview_invitations"),
    path("<int:pk>/invitations/send/", invite.send, name="send_invitations"),
    path("<int:pk>/invitations/check/", checking.check, name="check_invitations"),
    path("invitation/<int:pk>/all-the-same/", checking.all_the_same, name="all_the_same"),
    path("<int:pk>/blank-form/<int:child>/", invite.blank_form, name="blank_form"),
    path("invitation/<int:pk>/", invitation.invitation, name="invitation"),
    path("invitation/<int:pk>/change/", invite.change, name="change_invitation"),
    path("invitation/<int:pk>/remove/", invite.remove, name="remove_invitation"),
    path("invitation/<int:pk>/withdraw/", invite.withdraw, name="withdraw_invitation"),
    path("invitation/<int:pk>/reply/", invite.reply_for, name="reply_for"),
    path("invitation/<int:pk>/again/", invite.send_again, name="send_again"),
    path("invitation/<int:pk>/letter/<str:name>/", invite.preview_letter, name="preview_letter"),
]
