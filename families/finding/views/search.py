"""The page on which people and families are found, and the question whether somebody is on the record already."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import page
from families.people.actions.people import add_known_person
from families.people.forms.family import plausible_search
from families.people.queries import search as search_queries
from families.people.queries.duplicates import likely_duplicates
from families.people.queries.household import children_of
from families.people.queries.merged_records import records_in_family

NOT_KEPT = ("csrfmiddlewaretoken", "form_token", "use", "none_of_these")


@page(Permission.READ_FAMILY, methods=("GET",))
def search(request):
    """Everybody and every family that the viewer may see and that what was typed may mean."""
    viewer, typed = request.viewer, plausible_search(request.GET.get("q", ""))
    found = search_queries.search(viewer, typed)
    looked(viewer, children=[hit.person for hit in found.people if hit.is_child], page="search")
    context = {
        "typed": typed, "found": found, "may_record": viewer.may(Permission.RECORD_FAMILY),
        "may_merge": viewer.may(Permission.MERGE_PEOPLE) and len(found.people) > 1,
    }  # fmt: skip
    return render(request, "families/search.html", context)


def one_of_these(request, family, form, ties):
    """The page that asks whether the person is one of those on the record, before a new record is made.

    Nothing where the viewer may see nobody like them, or the answer was that it is none of them. Where it was one of
    them, they are in the family now.
    """
    if "none_of_these" in request.POST:
        return None
    details = form.details()
    hits = likely_duplicates(request.viewer, **details)
    if not hits:
        return None
    if chosen := next((hit.person for hit in hits if str(hit.person.pk) == request.POST.get("use")), None):
        given = {"part": details.pop("part"), "in_household": details.pop("in_household", True)}
        if attempt(
            form,
            lambda: add_known_person(
                by=request.viewer, family=family, person=chosen, ties=ties, details=details, **given
            ),
        ):
            messages.success(
                request,
                f"{chosen.full_name} is in this family now. Their record was kept; what it lacked was added. "
                "Check it here.",
            )
            return redirect("families:person", family.pk, form.result.pk)
    return ask(request, form, hits, family)


def ask(request, form, hits, family):
    """Likely people side by side with what was typed. All that was typed is sent on with the answer."""
    children = [hit.person for hit in hits if hit.is_child] + children_of(family)
    looked(request.viewer, children={child.pk for child in children}, page="is it one of these")
    here = records_in_family(family)
    context = {
        "form": form, "family": family, "typed": form.details(), "kept": typed_before(request),
        "hits": [(hit, hit.person.pk in here) for hit in hits],
    }  # fmt: skip
    return render(request, "families/one_of_these.html", context)


def typed_before(request) -> list[tuple[str, str]]:
    """Every answer that was sent, to be sent again."""
    return [(name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in values]


def families_alike(request, form):
    """The page that shows the families of such a name, before one is recorded; nothing where there are none."""
    if "none_of_these" in request.POST:
        return None
    families = search_queries.families_called(request.viewer, form.cleaned_data["name"])
    if not families:
        return None
    most = search_queries.MOST_FAMILIES
    context = {
        "form": form, "families": families[:most], "is_more": len(families) > most, "kept": typed_before(request),
    }  # fmt: skip
    return render(request, "families/families_alike.html", context)
