"""Who is in the core group, changed between conferences."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.plans.actions import members as actions
from conferences.plans.forms.members import AddMemberForm, ChangeMemberForm, RemoveMemberForm
from conferences.plans.models import CoreGroupMember
from conferences.plans.queries import core_group, open_plans
from conferences.plans.queries.gaps import priorities_between_conferences
from conferences.plans.queries.members import people_to_add
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family

TOLD = "Professionals and agencies will get an email that names nobody. Tell family members in person."


@page(Permission.ARRANGE_CORE_GROUP)
def add_member(request, pk):
    """Add somebody to the core group."""
    family = get_or_404(Family, request.viewer, pk)
    children = [plan.child for plan in open_plans(family).values()]
    found, members = _priorities(family, request.viewer.on)
    form = AddMemberForm(
        request.POST or None,
        people=people_to_add(family, request.viewer.on),
        children=children,
        priorities=[one for one in found if not {one.first, one.other} & members],
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.add_member(by=request.viewer, family=family, **form.added()))
    ):
        messages.success(request, f"{form.result.name} is now in the core group.")
        return redirect("plans:family", pk)
    return _answer(request, family, form, "Add someone to the core group", children)


@page(Permission.ARRANGE_CORE_GROUP)
def change_member(request, pk):
    """Which children's plans a member works on."""
    member = _member(request, pk)
    children = [plan.child for plan in open_plans(member.family_id).values()]
    linked = set(member.plans.values_list("plan__child", flat=True))
    ticked = [str(child.pk) for child in children if not linked or child.pk in linked]
    found, members = _priorities(member.family, request.viewer.on)
    priorities = [one for one in found if member.person_id in (one.first, one.other) and one.other in members]
    form = ChangeMemberForm(
        request.POST or None, children=children, priorities=priorities, initial={"children": ticked}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.change_member(by=request.viewer, member=member, **form.changed()))
    ):
        messages.success(request, "The core group has been changed.")
        return redirect("plans:family", member.family_id)
    return _answer(request, member.family, form, f"{member.name}: which children?", children)


@page(Permission.ARRANGE_CORE_GROUP)
def remove_member(request, pk):
    """Take a member off the core group, with the reason."""
    member = _member(request, pk)
    found, members = _priorities(member.family, request.viewer.on)
    priorities = [one for one in found if one.first == member.person_id and one.other in members]
    form = RemoveMemberForm(request.POST or None, priorities=priorities)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.remove_member(by=request.viewer, member=member, **form.removed()))
    ):
        messages.success(request, f"{member.name} has left the core group.")
        return redirect("plans:family", member.family_id)
    children = [plan.child for plan in open_plans(member.family_id).values()]
    return _answer(request, member.family, form, f"Remove {member.name} from the core group", children)


def _priorities(family, on) -> tuple[list, set]:
    """Each pair who must not meet where one comes first, and the members of the core group (ids)."""
    return priorities_between_conferences(family, on), {each.person_id for each in core_group(family, on)}


def _member(request, pk):
    return get_or_404(CoreGroupMember.objects.select_related("family", "user", "agency"), request.viewer, pk)


def _answer(request, family, form, heading, children):
    looked(request.viewer, children=children, page="core group")
    context = {"form": form, "heading": heading, "caption": str(family), "lead": TOLD}
    return render(request, "layouts/form.html", context | {"back": reverse("plans:family", args=[family.pk])})
