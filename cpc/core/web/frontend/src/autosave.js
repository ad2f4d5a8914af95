// A long form saves itself five seconds after somebody stops typing, and says so below the form.
import { cookie } from "./cookie.js";

const WAIT = 5000;
const AGAIN = 15000;

class Autosave {
  constructor(form, status) {
    Object.assign(this, { form, status, timer: 0, busy: false, changed: 0 });
    form.addEventListener("input", () => this.later(WAIT));
    form.addEventListener("change", () => this.later(WAIT));
    form.addEventListener("submit", (event) => this.pressed(event));
    addEventListener("online", () => this.later(0));
  }

  later(wait) {
    this.changed += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // A save that is under way changes the version of the form: the button waits for it.
  pressed(event) {
    clearTimeout(this.timer);
    if (!this.busy) return;
    event.preventDefault();
    this.waiting = event.submitter;
  }

  say(words) {
    this.status.textContent = words;
  }

  async save() {
    if (this.busy) {
      this.later(WAIT);
      return;
    }
    const { changed } = this;
    this.busy = true;
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Autosave": "1", "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(AGAIN),
      });
      this.told(answer, await answer.json().catch(() => ({})), changed);
    } catch {
      this.say("Not saved: no connection. Your words are kept on this page; trying again.");
      this.timer = setTimeout(() => this.save(), AGAIN);
    }
    this.busy = false;
    if (this.waiting) this.form.requestSubmit(this.waiting);
  }

  told(answer, said, changed) {
    if (answer.ok && said.version) {
      this.form.elements.version.value = said.version;
      if (changed === this.changed) {
        this.say(`Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}.`);
      }
    } else if (said.sentence) {
      this.say(`Not saved: ${said.sentence}`);
    } else {
      this.say("Not saved. Press a button below to save what you typed.");
      if (answer.status === 401) document.dispatchEvent(new Event("cpc:signed-out"));
    }
  }
}

const status = document.querySelector("[data-autosave]");
if (status) new Autosave(document.querySelector("main form[method=post]"), status);
