"""Addresses of the list of people to invite, of what they are sent, of exclusions, and of their own page."""

from django.urls import path

from conferences.convening.views import exclusions, invitations, list_checks, replies, support, taking_part

urlpatterns = [
    path("<int:pk>/invitations/", invitations.invitations, name="invitations"),
    path("<int:pk>/invitations/propose/", invitations.propose, name="propose_invitations"),
    path("<int:pk>/invitations/family/", invitations.add_family_member, name="add_family_member"),
    path("<int:pk>/invitations/professional/", invitations.add_professional, name="add_professional"),
    path("<int:pk>/invitations/why-not/", invitations.why_not, name="why_not"),
    path("<int:pk>/invitations/preview/", invitations.preview, name="preview_invitations"),
    path("<int:pk>/invitations/send/", invitations.send, name="send_invitations"),
    path("<int:pk>/invitations/check/", list_checks.check, name="check_invitations"),
    path("invitation/<int:pk>/all-the-same/", list_checks.invite_despite_withholding, name="all_the_same"),
    path("<int:pk>/support/", support.add, name="add_support"),
    path("support/<int:pk>/", support.record, name="record_support"),
    path("<int:pk>/taking-part/", taking_part.taking_part, name="taking_part"),
    path("<int:pk>/taking-part/companion/", taking_part.name_companion, name="name_companion"),
    path("companion/<int:pk>/decide/", taking_part.decide_companion, name="decide_companion"),
    path("companion/<int:pk>/not-coming/", taking_part.end_companion, name="end_companion"),
    path("<int:pk>/taking-part/child/<int:child>/asked/", taking_part.child_asked, name="child_asked"),
    path("<int:pk>/taking-part/child/<int:child>/decide/", taking_part.child_part, name="child_part"),
    path("<int:pk>/worry/", taking_part.worry, name="worry"),
    path("<int:pk>/exclusions/", exclusions.exclusions, name="exclusions"),
    path("invitation/<int:pk>/exclusion/request/", exclusions.request_exclusion, name="request_exclusion"),
    path("invitation/<int:pk>/exclusion/decide/", exclusions.decide_exclusion, name="decide_exclusion"),
    path("invitation/<int:pk>/exclusion/professional/", exclusions.exclude_professional, name="exclude_professional"),
    path("invitation/<int:pk>/exclusion/decline/", exclusions.decline_exclusion, name="decline_exclusion"),
    path("invitation/<int:pk>/exclusion/end/", exclusions.end_exclusion, name="end_exclusion"),
    path("invitation/<int:pk>/exclusion/letter/", exclusions.exclusion_letter, name="exclusion_letter"),
    path("<int:pk>/blank-form/<int:child>/", invitations.blank_form, name="blank_form"),
    path("invitation/<int:pk>/", replies.invitation, name="invitation"),
    path("invitation/<int:pk>/change/", invitations.change, name="change_invitation"),
    path("invitation/<int:pk>/remove/", invitations.remove, name="remove_invitation"),
    path("invitation/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("invitation/<int:pk>/reply/", invitations.reply_for, name="reply_for"),
    path("invitation/<int:pk>/does-not-want-to-come/", invitations.stays_away, name="stays_away"),
    path("invitation/<int:pk>/again/", invitations.send_again, name="send_again"),
    path("invitation/<int:pk>/sent/", invitations.sent, name="sent_to"),
    path("invitation/<int:pk>/sent/<int:message>/", invitations.sent_letter, name="sent_letter"),
    path("invitation/<int:pk>/letter/<str:name>/", invitations.preview_letter, name="preview_letter"),
]
