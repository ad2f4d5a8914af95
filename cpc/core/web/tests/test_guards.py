import re
from datetime import date
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import get_resolver

from cpc.core.accounts.permissions import Permission, viewer_of
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from cpc.core.web import idempotency
from cpc.core.web.guards import ANYBODY, open_page, page
from cpc.core.web.middleware import RefusalMiddleware

pytestmark = pytest.mark.django_db


def asked(user, method="GET", **data):

    make = RequestFactory()
    request = make.post("/somewhere/", data) if method == "POST" else make.generic(method, "/somewhere/")
    request.user, request.viewer, request.session = user, viewer_of(user, date(2026, 11, 21)), {}
    request._messages = type("Kept", (list,), {"add": lambda self, level, message, tags="": self.append(message)})()
    return request


def test_a_guarded_page_is_for_those_who_may_do_the_act_and_the_rest_are_told_what_they_may_not(worker, other):
    view = page(Permission.REQUEST_CONFERENCE)(lambda request: HttpResponse("asked"))
    assert view(asked(worker)).content == b"asked"
    with pytest.raises(PermissionDenied, match="Your account does not let you request a conference"):
        view(asked(other))
    assert view.guarded_by == {Permission.REQUEST_CONFERENCE}


def test_a_page_with_several_permissions_asks_for_any_of_them(worker, other):
    view = page(Permission.REQUEST_CONFERENCE, Permission.DECIDE)(lambda request: HttpResponse("in"))
    assert view(asked(worker)).status_code == view(asked(other)).status_code == 200


def test_a_page_answers_only_the_methods_that_it_names(worker):
    assert page(methods=("POST",))(lambda request: HttpResponse())(asked(worker)).status_code == 405
    assert page()(lambda request: HttpResponse())(asked(worker, "HEAD")).status_code == 200
    assert page()(lambda request: HttpResponse())(asked(worker, "DELETE")).status_code == 405


def test_a_guard_without_brackets_is_refused_when_it_is_written():
    with pytest.raises(TypeError):
        page(lambda request: None)


def test_an_open_page_says_so():
    view = open_page(lambda request: HttpResponse("open"))
    assert view.guarded_by == ANYBODY
    assert view.login_required is False


def test_the_very_same_form_sent_twice_is_done_once_and_lands_in_the_same_place(worker):
    done = []

    @page()
    def book(request):
        done.append(request.POST["name"])
        return HttpResponseRedirect(f"/booked/{len(done)}/")

    token = idempotency.token(worker)
    first = book(asked(worker, "POST", name="Sam", **{idempotency.FIELD: token}))
    request = asked(worker, "POST", name="Sam", **{idempotency.FIELD: token})
    again = book(request)
    assert (first["Location"], again["Location"]) == ("/booked/1/", "/booked/1/")
    assert done == ["Sam"]
    assert request._messages == [idempotency.SENTENCE]
    book(asked(worker, "POST", name="Robin", **{idempotency.FIELD: token}))  # the back button, and something else typed
    book(asked(worker, "POST", name="Sam", **{idempotency.FIELD: idempotency.token(worker)}))  # the same again, meant
    assert done == ["Sam", "Robin", "Sam"]


def test_two_presses_at_the_same_moment_are_done_once(worker):
    import time

    done, answers = [], []

    @page()
    def book(request):
        done.append(1)
        time.sleep(0.5)
        return HttpResponseRedirect("/booked/")

    requests = [asked(worker, "POST", **{idempotency.FIELD: (token := idempotency.token(worker))})]
    requests.append(asked(worker, "POST", **{idempotency.FIELD: token}))
    presses = [Thread(target=lambda request=request: answers.append(book(request)["Location"])) for request in requests]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert (done, answers) == ([1], ["/booked/", "/booked/"])


def test_a_form_shown_again_to_be_mended_may_be_sent_again_as_it_is(worker):
    answers = iter([HttpResponse("mend it"), HttpResponseRedirect("/booked/")])
    view = page()(lambda request: next(answers))
    data = {idempotency.FIELD: idempotency.token(worker)}
    assert view(asked(worker, "POST", **data)).status_code == 200
    assert view(asked(worker, "POST", **data)).status_code == 302


def test_a_form_that_broke_may_be_sent_again(worker):
    tries = []

    @page()
    def book(request):
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("the database went away")
        return HttpResponseRedirect("/booked/")

    data = {idempotency.FIELD: idempotency.token(worker)}
    with pytest.raises(RuntimeError):
        book(asked(worker, "POST", **data))
    assert book(asked(worker, "POST", **data)).status_code == 302


@pytest.mark.parametrize(
    ("refusal", "status", "said"),
    [
        (NotPermitted("This is another chair’s conference."), 403, "another chair’s conference"),
        (WrongState("It is closed."), 409, "It is closed."),
        (Invalid("That cannot be."), 409, "That cannot be."),
        (Stale("Robin saved this first.", mine="<b>my words</b>", theirs="their words"), 409, "&lt;b&gt;my words"),
    ],
)
def test_a_refusal_that_no_form_caught_is_a_page_with_its_sentence(worker, refusal, status, said):
    answer = RefusalMiddleware(None).process_exception(asked(worker), refusal)
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_an_error_of_ours_is_left_to_the_page_that_tells_nothing(worker, client):
    from django.views.defaults import server_error

    assert RefusalMiddleware(None).process_exception(asked(worker), ValueError("Sam Example")) is None
    told = server_error(asked(worker)).content.decode()
    assert "Sorry, there is a problem with the service" in told
    assert "Sam" not in told


def test_what_is_not_there_and_what_one_may_not_are_plain_pages(client, worker):
    client.force_login(worker)
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_the_gallery_is_not_there_in_a_real_service(client, worker, settings):
    settings.CPC_DEMO = settings.DEBUG = False
    client.force_login(worker)
    assert client.get("/components/").status_code == 404


def test_every_page_is_closed_to_strangers_and_strict_about_what_it_loads(client, worker, practice):
    assert client.get("/components/").status_code == 302
    client.force_login(worker)
    answer = client.get("/components/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]
    html = answer.content.decode()
    assert " style=" not in html
    assert "<style" not in html
    assert "onclick" not in html

    assert all(re.search(r"src=", script) for script in re.findall(r"<script[^>]*>", html))


def test_every_address_of_ours_is_guarded():
    from cpc.core.web import urls

    for pattern in urls.urlpatterns:
        assert hasattr(pattern.callback, "guarded_by"), pattern
    assert get_resolver()
