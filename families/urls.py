"""Addresses of families."""

from django.urls import path

from families.access.views import conflicts, cover, emergency, restrictions
from families.finding.views import adding, merge, search
from families.finding.views import adding as adding_views
from families.overview.views import family, history, pictures
from families.people.views import contact, families, households, involvement, person, relationships
from families.protections import views

app_name = "families"
urlpatterns = [
    path("", families.families, name="list"),
    path("add/", adding.add, name="add"),
    path("search/", search.search, name="search"),
    path("possible-duplicates/", merge.duplicates, name="duplicates"),
    path("possible-duplicates/<int:pair>/two-people/", merge.two_people, name="two_people"),
    path("compare/", merge.compare, name="compare"),
    path("merge/<int:kept>/<int:merged>/", merge.merge, name="merge"),
    path("merges/<int:merge>/undo/", merge.undo_merge, name="undo_merge"),
    path("<int:pk>/", family.family, name="family"),
    path("<int:pk>/change/", families.change, name="change"),
    path("<int:pk>/genogram/", pictures.genogram, name="genogram"),
    path("<int:pk>/whiteboard/", pictures.whiteboard, name="whiteboard"),
    path("<int:pk>/people/<int:person>/timeline/", history.timeline, name="timeline"),
    path("<int:pk>/who-has-looked/<int:person>/", history.looks, name="looks"),
    path("<int:pk>/add-child/", adding_views.add_child, name="add_child"),
    path("<int:pk>/add-adult/", adding_views.add_adult, name="add_adult"),
    path("<int:pk>/people/<int:person>/", person.person, name="person"),
    path("<int:pk>/people/<int:person>/who-they-are/", person.change_person, name="change_person"),
    path("<int:pk>/people/<int:person>/name/", person.change_name, name="change_name"),
    path("<int:pk>/people/<int:person>/names/add/", person.add_name, name="add_name"),
    path("<int:pk>/names/<int:name>/take-away/", person.remove_name, name="remove_name"),
    path("<int:pk>/people/<int:person>/identity/", person.change_identity, name="change_identity"),
    path("<int:pk>/people/<int:person>/needs/", person.change_needs, name="change_needs"),
    path("<int:pk>/people/<int:person>/numbers/", person.change_numbers, name="change_numbers"),
    path("<int:pk>/people/<int:person>/birth/", person.birth, name="birth"),
    path("<int:pk>/people/<int:person>/loss/", person.loss, name="loss"),
    path("<int:pk>/people/<int:person>/relatives/add/", relationships.add_relationship, name="add_relationship"),
    path("<int:pk>/people/<int:person>/partners/add/", relationships.add_partnership, name="add_partnership"),
    path("<int:pk>/relatives/<int:relationship>/", relationships.change_relationship, name="change_relationship"),
    path("<int:pk>/relatives/<int:relationship>/end/", relationships.end_relationship, name="end_relationship"),
    path("<int:pk>/partners/<int:partnership>/", relationships.change_partnership, name="change_partnership"),
    path("<int:pk>/homes/", households.households, name="households"),
    path("<int:pk>/homes/add/", households.add_household, name="add_household"),
    path("<int:pk>/homes/<int:home>/", households.change_household, name="change_household"),
    path("<int:pk>/homes/<int:home>/who-lives-there/", households.move_in, name="move_in"),
    path("<int:pk>/stays/<int:stay>/end/", households.move_out, name="move_out"),
    path("<int:pk>/people/<int:person>/who-is-who/", adding_views.ties, name="ties"),
    path("<int:pk>/people/<int:person>/take-out/", adding_views.remove_person, name="remove_person"),
    path("<int:pk>/contact/", contact.contact, name="contact"),
    path("<int:pk>/contact/<int:person>/", contact.change_contact, name="change_contact"),
    path("<int:pk>/contact/<int:person>/add-address/", contact.add_address, name="add_address"),
    path("<int:pk>/addresses/<int:address>/", contact.change_address, name="change_address"),
    path("<int:pk>/agencies/add/", involvement.add_involvement, name="add_involvement"),
    path("<int:pk>/agencies/<int:involvement>/", involvement.change_involvement, name="change_involvement"),
    path("<int:pk>/contact/<int:person>/confirm/", contact.confirm, name="confirm_contact"),
    path("<int:pk>/who-may-not-know/", views.protections, name="protections"),
    path("restricted/", restrictions.restricted, name="restricted"),
    path("access/<int:pk>/", restrictions.access_ends, name="access_ends"),
    path("<int:pk>/access/", restrictions.access, name="access"),
    path("<int:pk>/access/restrict/", restrictions.restrict, name="restrict"),
    path("<int:pk>/access/lift/", restrictions.lift, name="lift_restriction"),
    path("<int:pk>/access/name/", restrictions.name, name="name_for"),
    path("<int:pk>/access/give-back/", restrictions.give_back, name="give_back"),
    path("<int:pk>/access/difference/", restrictions.settle_difference, name="settle_difference"),
    path("<int:pk>/access/conflict/", restrictions.confirm_conflict, name="confirm_conflict"),
    path("<int:pk>/access/<int:grant>/end/", restrictions.end, name="end_access"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/opened/", emergency.emergencies, name="emergencies"),
    path("emergency/opened/<int:pk>/", emergency.review, name="review_emergency"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/declare/", conflicts.declare, name="declare_conflict"),
    path("conflicts/declare-for/", conflicts.declare_for, name="declare_conflict_for"),
    path("conflicts/said/<int:pk>/", conflicts.settle, name="settle_conflict"),
    path("conflicts/<int:pk>/end/", conflicts.end_conflict, name="end_conflict"),
    path("away/", cover.away, name="away"),
    path("away/<int:pk>/end/", cover.end_away, name="end_away"),
    path("cover/", cover.covers, name="covers"),
    path("cover/give/", cover.give, name="give_cover"),
    path("cover/<int:pk>/end/", cover.end, name="end_cover"),
]
for sort in ("protection", "must_not_learn", "must_not_meet", "warning"):
    place, one = f"<int:pk>/{sort.replace('_', '-')}s/", f"<int:pk>/{sort.replace('_', '-')}s/<int:entry>/"
    urlpatterns += [
        path(f"{place}add/", getattr(views, f"add_{sort}"), name=f"add_{sort}"),
        path(one, getattr(views, f"change_{sort}"), name=f"change_{sort}"),
        path(f"{one}agree/", views.agree, {"sort": sort}, name=f"agree_{sort}"),
        path(f"{one}look-again/", views.look_again, {"sort": sort}, name=f"look_again_{sort}"),
        path(f"{one}end/", views.end, {"sort": sort}, name=f"end_{sort}"),
    ]
