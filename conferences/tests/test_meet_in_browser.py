"""The live conference in a real browser: it saves by itself, says so truthfully, and loses no word."""

import pytest
from django.test import Client
from django.urls import reverse

from conferences.meeting.models import LiveNote
from conferences.tests.meeting import an_open_sitting, mark


@pytest.fixture
def sitting(transactional_db):
    return mark(an_open_sitting())


@pytest.fixture
def browser_of(live_server, new_context):
    def opened(user, **how):
        client = Client()
        client.force_login(user)
        context = new_context(**how)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        return context

    return opened


@pytest.fixture
def browser_of_chair(sitting, browser_of):
    return lambda **how: browser_of(sitting.conference.chair, **how)


def address(sitting, live_server):
    return live_server.url + reverse("conferences:meet", args=[sitting.conference.pk])


def status(page, key="worried-0-0"):
    return page.locator(f"[data-note={key}] [data-status]")


def test_the_page_saves_itself_and_two_screens_keep_both_texts(sitting, live_server, browser_of_chair, axe):
    one, other = browser_of_chair().new_page(), browser_of_chair().new_page()
    for page in (one, other):
        page.goto(address(sitting, live_server))
    other.context.set_offline(True)  # or it might be shown the first text before the second is typed
    one.fill("#note-worried-0-0", "Bruises")
    status(one).get_by_text("Saved at").wait_for()
    other.fill("#note-worried-0-0", "Hunger")
    status(other).get_by_text("Not saved: no connection").wait_for()
    other.context.set_offline(False)
    status(other).get_by_text("choose which text to keep").wait_for()
    axe(other)
    other.get_by_role("button", name="Save this").click()
    status(other).get_by_text("Saved at").wait_for()
    assert LiveNote.objects.get().text == "Bruises\n\nHunger"


def test_words_typed_without_a_connection_are_kept_and_saved_when_it_is_back(sitting, live_server, browser_of_chair):
    context = browser_of_chair()
    page = context.new_page()
    page.goto(address(sitting, live_server))
    context.set_offline(True)
    page.fill("#note-worried-0-0", "Bruises")
    status(page).get_by_text("Not saved: no connection").wait_for()
    assert not LiveNote.objects.exists()
    context.set_offline(False)
    status(page).get_by_text("Saved at").wait_for()
    assert page.evaluate("sessionStorage.length") == 0
    assert LiveNote.objects.get().text == "Bruises"


def test_it_fits_a_phone_and_works_without_javascript(sitting, live_server, browser_of_chair, axe):
    context = browser_of_chair(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address(sitting, live_server))
    page.fill("#note-worried-0-0", "Bruises")
    page.get_by_role("button", name="Save", exact=True).click()
    assert "Saved at" in page.content()
    assert LiveNote.objects.get().text == "Bruises"
    scripted = browser_of_chair(viewport={"width": 360, "height": 740}).new_page()
    scripted.goto(address(sitting, live_server))
    assert scripted.evaluate("document.documentElement.scrollWidth") == 360
    axe(scripted)


HEARD = "he keeps a machete behind the bedroom door"


def choose(page, key, label):
    page.locator(f"#audience-{key}").select_option(label=label)


def test_police_words_typed_into_an_open_note_are_kept_for_few_until_the_chair_decides(
    sitting, live_server, browser_of_chair, axe
):
    page = browser_of_chair(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address(sitting, live_server))
    choose(page, "confidential-0-0", "Police, restricted")
    page.get_by_label("(police)").first.check()
    page.fill("#note-confidential-0-0", f"Officers say that {HEARD}.")
    status(page, "confidential-0-0").get_by_text("Saved at").wait_for()
    police = LiveNote.objects.get()
    assert [one.invitation_id for one in police.readers.all()] == [sitting.invitations["police"].pk]
    page.fill("#note-reason-0-0", f"We meet because {HEARD}.")
    held = page.locator("[data-note=reason-0-0] [data-held]")
    held.get_by_text("Saved, but not yet shared with").wait_for()
    axe(page)
    assert page.locator("#audience-reason-0-0").input_value() == "police"
    assert LiveNote.objects.get(section="reason").audience == "police"
    page.fill("#note-reason-0-0", "We meet because Rosa is afraid.")
    held.get_by_text("Saved, but not yet shared with").wait_for(state="detached")
    assert page.locator("#audience-reason-0-0").input_value() == "everyone"
    page.fill("#note-reason-0-0", f"Again {HEARD}.")
    held.get_by_text("I have permission to share it").click()
    held.get_by_label("Who gave permission").fill("DS Hall, by phone today")
    held.get_by_role("button", name="Share it as I chose").click()
    held.get_by_text("Saved, but not yet shared with").wait_for(state="detached")
    assert LiveNote.objects.get(section="reason").audience == "everyone"
    assert page.evaluate("sessionStorage.length") == 0


def test_what_one_person_types_appears_on_the_others_pages(sitting, live_server, browser_of_chair, browser_of):
    chair = browser_of_chair().new_page()
    other = browser_of_chair().new_page()
    reader = browser_of(sitting.council.users.administrator).new_page()
    room = browser_of_chair().new_page()
    for page in (chair, other, reader):
        page.goto(address(sitting, live_server))
    room.goto(live_server.url + reverse("conferences:meet_room", args=[sitting.conference.pk]))
    rosa = sitting.marlows.rosa.pk
    for text, key in (
        ("Bruises", "worried-0-0"),
        ("Bruises and hunger", "worried-0-0"),
        ("Tired", f"worried-{rosa}-0"),
    ):
        if key != "worried-0-0":
            chair.locator("summary").get_by_text("Only about Rosa").first.click()
        chair.fill(f"#note-{key}", text)
        status(chair, key).get_by_text("Saved at").wait_for()
        reader.locator(f"[data-read={key}] [data-text]").get_by_text(text, exact=True).wait_for()
        room.locator("[data-room]").get_by_text(text, exact=True).wait_for()
        status(other, key).get_by_text("Saved by").wait_for(state="attached")
        other.wait_for_function(
            "([key, text]) => document.getElementById(key).value === text", arg=[f"note-{key}", text]
        )


def test_a_failed_save_is_spoken_once(sitting, live_server, browser_of_chair):
    context = browser_of_chair()
    page = context.new_page()
    page.goto(address(sitting, live_server))
    assert page.locator(".meet [role=alert], .meet [aria-live]").count() == 1
    page.evaluate(
        """() => { window.spoken = []; new MutationObserver(() => window.spoken.push(
            document.querySelector("[data-alarm]").textContent)).observe(
            document.querySelector("[data-alarm]"), {childList: true}); }"""
    )
    context.set_offline(True)
    for key in ("worried-0-0", "reason-0-0"):
        page.fill(f"#note-{key}", "Bruises")
        status(page, key).get_by_text("Not saved: no connection").wait_for()
    page.fill("#note-worried-0-0", "Bruises again")
    status(page).get_by_text("Not saved: no connection").wait_for()
    spoken = page.evaluate("window.spoken")
    assert len(spoken) == 1 and "Not saved: no connection" in spoken[0]
    context.set_offline(False)
    for key in ("worried-0-0", "reason-0-0"):
        status(page, key).get_by_text("Saved at").wait_for()
    assert page.evaluate("window.spoken").pop() == "Everything is saved again."


# Nothing of what has the focus can be seen: it is outside the window, or all of it lies under the bar.
HIDDEN = """() => {
    const found = document.activeElement, box = found.getBoundingClientRect();
    const bar = document.querySelector(".meet-save"), over = bar.getBoundingClientRect();
    if (bar.contains(found) || !box.height) return "";
    const beside = box.right <= over.left || box.left >= over.right;
    const under = !beside && box.top >= over.top && box.bottom <= over.bottom;
    return under || box.bottom <= 0 || box.top >= innerHeight ? found.outerHTML.slice(0, 120) : "";
}"""


@pytest.mark.parametrize("name", ["meet", "meet_attendance"])
@pytest.mark.parametrize("size", [(1366, 600), (390, 740)])
def test_what_has_the_focus_is_never_under_the_bar(sitting, live_server, browser_of_chair, name, size):
    page = browser_of_chair(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(live_server.url + reverse(f"conferences:{name}", args=[sitting.conference.pk]))
    hidden, stops = [], 0
    for _ in range(250):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
        hidden += [found] if (found := page.evaluate(HIDDEN)) else []
    assert stops > 30 and not hidden


MENU_PAGES = ["work:home", "families:list", "conferences:invitations", "conferences:meet_attendance"]


@pytest.mark.parametrize("name", MENU_PAGES)
def test_nothing_moves_when_the_menu_folds(sitting, live_server, browser_of_chair, name):
    page = browser_of_chair(viewport={"width": 390, "height": 740}).new_page()
    page.goto(live_server.url + reverse(name, args=[sitting.conference.pk] if name.startswith("conferences") else []))
    moved = page.evaluate(
        """() => new Promise(done => { let sum = 0; new PerformanceObserver(all => {
            for (const one of all.getEntries()) sum += one.value; }).observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(sum), 500); })"""
    )
    assert page.get_by_role("button", name="Menu").is_visible()
    assert moved < 0.01
