"""A long form saves itself as it is typed. The view of its page answers, and says how it went."""

from django.http import HttpRequest, JsonResponse

HEADER = "X-Autosave"


def is_autosave(request: HttpRequest) -> bool:
    """Whether the page saves itself, and nobody pressed a button."""
    return request.method == "POST" and HEADER in request.headers


def autosaved(form, done: bool) -> JsonResponse:
    """Tells the page the new version of what was saved, or in a sentence why it was not."""
    if done:
        return JsonResponse({"version": form.result.version})
    sentences = [sentence for errors in form.errors.values() for sentence in errors]
    return JsonResponse({"sentence": sentences[0] if sentences else "It could not be saved."}, status=422)
