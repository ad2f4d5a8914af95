// Every page: the end of an idle session, said a minute before, and the weekdays of typed dates. No page needs it.
import { cookie } from "./cookie.js";
import { forgetWordsOfAnother } from "./forget.js";
import { showWeekdays } from "./weekday.js";

const dialog = document.getElementById("idle");
const { idleSeconds, stay, left, owner } = document.body.dataset;

function start() {
  const title = document.getElementById("idle-title");
  const text = document.getElementById("idle-text");
  const stayButton = document.getElementById("idle-stay");
  const again = document.getElementById("idle-again");
  const WARNING = 60;
  let ends = Date.now() + Number(idleSeconds) * 1000;
  let told = Date.now();
  let ended = false;

  const put = (heading, words) => {
    title.textContent = heading;
    text.textContent = words;
  };
  const open = () => {
    if (!dialog.open) dialog.showModal();
  };
  const close = () => {
    if (dialog.open) dialog.close();
  };

  // A person did something: the session lives on. At most once a minute, so that typing is no flood.
  async function personActed(now) {
    if (ended || (!now && Date.now() - told < 60000)) return;
    told = Date.now();
    try {
      const answer = await fetch(stay, {
        method: "POST",
        headers: { "X-CSRFToken": cookie("csrftoken") },
        credentials: "same-origin",
      });
      if (answer.ok) heard(await answer.json());
      else await look();
    } catch {
      /* no connection: the words stay on the page, and the clock below goes on */
    }
  }

  // How long the session has left, truly: another tab may have kept it alive, or ended it.
  async function look() {
    try {
      const answer = await fetch(left, { headers: { "X-Poll": "1" }, credentials: "same-origin" });
      heard(await answer.json());
    } catch {
      /* as above */
    }
  }

  // The page is shown again only to the person who opened it, whoever is signed in now.
  function heard(session) {
    if (session.seconds > 0 && session.owner === owner) {
      ends = Date.now() + session.seconds * 1000;
      if (ended) back();
      if (session.seconds > WARNING) close();
    } else {
      over();
      if (session.seconds > 0) somebodyElse();
    }
  }

  function somebodyElse() {
    put(
      "Somebody else is signed in now",
      "Another person opened this page, and only they can come back to it. Open a page of your own in a new tab.",
    );
  }

  function warn() {
    put(
      "You will be signed out in 1 minute",
      "Nothing has happened here for a while. What you have typed stays on this page.",
    );
    open();
    stayButton.focus();
  }

  function over() {
    if (ended) return;
    ended = true;
    put(
      "You have been signed out",
      "What you typed is still on this page, behind this message. Sign in again in a new tab, then come back here.",
    );
    dialog.classList.add("cpc-dialog--over");
    stayButton.textContent = "Go back to the page";
    again.hidden = false;
    open();
  }

  function back() {
    ended = false;
    dialog.classList.remove("cpc-dialog--over");
    stayButton.textContent = "Stay signed in";
    again.hidden = true;
    close();
  }

  async function goBack() {
    put(
      "You are still signed out",
      "Sign in again in a new tab, then come back here. What you typed is still on this page.",
    );
    await look();
  }

  stayButton.addEventListener("click", () => (ended ? goBack() : personActed(true)));
  document.addEventListener("cpc:signed-out", over);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!ended) personActed(true);
  });
  for (const kind of ["input", "keydown", "pointerdown"]) {
    document.addEventListener(
      kind,
      (event) => {
        if (!dialog.contains(event.target)) personActed(false);
      },
      { passive: true },
    );
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) look(); // the browser had put the whole page aside
  });

  setInterval(async () => {
    if (ended) return;
    const seconds = (ends - Date.now()) / 1000;
    if (seconds > WARNING) return;
    if (!dialog.open) {
      await look();
      if (!ended && (ends - Date.now()) / 1000 <= WARNING) warn();
    } else if (seconds <= 0) {
      await look();
    }
  }, 1000);
}

if (owner) forgetWordsOfAnother(owner);
if (dialog?.showModal && idleSeconds) start();
showWeekdays(document);
