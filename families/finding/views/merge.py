"""Two records of one person: looked at side by side, merged with a reason, and parted again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission, Viewer, seen_by
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.numbers import read_id
from families.finding import actions, rules
from families.finding.forms import MergeForm, ReasonForm
from families.people.models import Merge, Person, PossibleDuplicate
from families.people.queries.duplicates import possible_duplicates, why_alike
from families.people.queries.household import called
from families.people.queries.search import families_of

A_PAGE = 25
ONE_PERSON = "Merged. The two records are one person now"


@page(Permission.MERGE_PEOPLE, methods=("GET",))
def duplicates(request):
    """Pairs of records that may be one person's, and the merges, the latest on top, where the viewer may see both."""
    viewer = request.viewer
    pairs = Paginator(possible_duplicates(viewer), A_PAGE).get_page(request.GET.get("page"))
    merges = seen_by(viewer, Merge).filter(undone_at=None).select_related("kept", "merged", "by").order_by("-at", "-pk")
    merges = Paginator(merges, A_PAGE).get_page(request.GET.get("merges"))
    people = {one.pk for pair in pairs for one in (pair.one, pair.other)}
    people |= {pk for merge in merges for pk in (merge.kept_id, merge.merged_id)}
    places, why = families_of(viewer, people), why_alike(pairs)
    looked(viewer, children={pk for pk in people if _is_child(places.get(pk, ()))}, page="possible duplicates")
    context = {
        "pairs": pairs, "merges": merges,
        "rows": [(pair, places.get(pair.one_id, ()), places.get(pair.other_id, ()), why[pair.pk]) for pair in pairs],
    }  # fmt: skip
    return render(request, "families/duplicates.html", context)


@page(Permission.MERGE_PEOPLE, methods=("GET",))
def compare(request):
    """The two people who were ticked in the search, side by side."""
    chosen = {pk for pk in map(read_id, request.GET.getlist("who")) if pk}
    if len(chosen) != 2:
        messages.info(request, "Select two people to compare.")
        return redirect(f"{reverse('families:search')}?{request.GET.urlencode()}")
    return redirect("families:merge", *sorted(chosen))


@page(Permission.MERGE_PEOPLE)
def merge(request, kept, merged):
    """Two records side by side; the one that is kept is the record of both from then on."""
    viewer = request.viewer
    kept, merged = get_or_404(Person, viewer, kept), get_or_404(Person, viewer, merged)
    if kept.pk == merged.pk:
        raise Http404
    differing = rules.contradictions(kept, merged)
    form = MergeForm(request.POST or None, differing=differing, cancel_url=reverse("families:duplicates"))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.merge(by=viewer, kept=kept, merged=merged, **form.cleaned_data))
    ):
        done = "Linked. What protects one record protects both" if form.result.is_link else ONE_PERSON
        messages.success(request, f"{done}; you can undo this below.")
        return redirect("families:duplicates")
    places = families_of(viewer, [kept.pk, merged.pk])
    ours, theirs = places.get(kept.pk, ()), places.get(merged.pk, ())
    _look(viewer, (kept, ours), (merged, theirs), page="merge two records")
    context = {
        "form": form, "kept": kept, "merged": merged, "rows": rules.differences(kept, merged),
        "kept_in": ours, "merged_in": theirs,
        "is_link": actions.are_of_two_circles(kept, merged),
    }  # fmt: skip
    return render(request, "families/merge.html", context)


@page(Permission.MERGE_PEOPLE)
def undo_merge(request, merge):
    """A merge is undone: the two records are two people again."""
    merge = get_or_404(Merge.objects.select_related("kept", "merged"), request.viewer, merge)
    kept, merged = merge.kept, merge.merged
    form = ReasonForm(
        request.POST or None, label="Why are they not the same person?", submit_label="Undo the merge",
        cancel_url=reverse("families:duplicates"),
    )  # fmt: skip
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.undo_merge(by=request.viewer, merge=merge, **form.cleaned_data))
    ):
        messages.success(request, f"Undone. {kept} and {merged} are two people again.")
        return redirect("families:duplicates")
    lead = (
        f"Merged because: {merge.reason} Both records are again as they were. What was written since the merge stays "
        f"with {kept}; what protects somebody holds for both until it is ended."
    )
    return _reason_page(request, form, kept, merged, "Undo a merge", lead)


@page(Permission.MERGE_PEOPLE)
def two_people(request, pair):
    """A manager says that two records are two people's; the pair is shown no more."""
    pair = get_or_404(PossibleDuplicate.objects.select_related("one", "other"), request.viewer, pair)
    form = ReasonForm(
        request.POST or None, label="How do you know that they are different people?",
        submit_label="They are different people", cancel_url=reverse("families:duplicates"),
    )  # fmt: skip
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.settle_duplicate(by=request.viewer, pair=pair, **form.cleaned_data))
    ):
        messages.success(request, "Saved. The two are not shown here again.")
        return redirect("families:duplicates")
    return _reason_page(request, form, pair.one, pair.other, "They are different people", "")


def _reason_page(request, form, one, other, heading, lead):
    places = families_of(request.viewer, [one.pk, other.pk])
    _look(request.viewer, *((each, places.get(each.pk, ())) for each in (one, other)), page=heading.lower())
    context = {
        "form": form, "heading": heading, "caption": f"{called(one)} and {called(other)}",
        "back": form.cancel_url, "lead": lead,
    }  # fmt: skip
    return render(request, "layouts/form.html", context)


def _look(viewer: Viewer, *people, page):
    looked(viewer, children=[person for person, places in people if _is_child(places)], page=page)


def _is_child(places):
    return any(row.part == "child" for row in places)
