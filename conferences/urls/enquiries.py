"""Addresses of strategy discussions and enquiries."""

from django.urls import path

from conferences.convening.views import enquiries, family_groups, safety_plans

urlpatterns = [
    path("family/<int:family>/strategy-discussion/", enquiries.record_discussion, name="record_discussion"),
    path("strategy-discussions/<int:pk>/", enquiries.discussion, name="discussion"),
    path("strategy-discussions/<int:pk>/change/", enquiries.change_discussion, name="change_discussion"),
    path("strategy-discussions/<int:pk>/date/", enquiries.ask_date_change, name="ask_date_change"),
    path("strategy-discussions/actions/<int:pk>/", enquiries.mark_discussion_action, name="mark_discussion_action"),
    path("date-changes/<int:pk>/", enquiries.answer_date_change, name="answer_date_change"),
    path("enquiries/<int:pk>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/outcome/", enquiries.write_outcome, name="write_outcome"),
    path("enquiries/<int:pk>/sign-off/", enquiries.sign_off_outcome, name="sign_off_outcome"),
    path("enquiries/<int:pk>/safety-plan/", safety_plans.write_safety_plan, name="write_safety_plan"),
    path("enquiries/<int:pk>/no-safety-plan/", safety_plans.no_safety_plan, name="no_safety_plan"),
    path("safety-plans/<int:pk>/", safety_plans.safety_plan, name="safety_plan"),
    path("safety-plans/<int:pk>/agreement/", safety_plans.safety_plan_agreement, name="safety_plan_agreement"),
    path("safety-plans/<int:pk>/review/", safety_plans.review_safety_plan, name="review_safety_plan"),
    path("safety-plans/<int:pk>/end/", safety_plans.end_safety_plan, name="end_safety_plan"),
    path("safety-plans/people/<int:pk>/page/", safety_plans.safety_plan_page_of, name="safety_plan_page"),
    path("family/<int:family>/group-meetings/", family_groups.group_meetings, name="group_meetings"),
    path("family/<int:family>/group-meetings/add/", family_groups.record_group_meeting, name="record_group_meeting"),
    path("group-meetings/<int:pk>/", family_groups.change_group_meeting, name="change_group_meeting"),
    path("group-meetings/plans/<int:pk>/", family_groups.download_group_plan, name="download_group_plan"),
]
