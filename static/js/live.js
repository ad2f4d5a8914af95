// The live conference: each field saves itself when the typing stops, and says truthfully whether it is saved. Without
// this file the Save button does the same. Unsaved words stay in this tab alone (sessionStorage) and go when saved.
(() => {
  "use strict";
  const page = document.querySelector("[data-meet]");
  if (!page) return;
  const { user, conference, save, sinceUrl } = page.dataset;
  const form = document.getElementById("notes");
  const all = page.querySelector("[data-all-saved]");
  const mine = `cpc-note:${user}:${conference}:`;
  const PAUSE = 1500;
  const AGAIN = 5000;
  const cookie = (name) => (document.cookie.split("; ").find((part) => part.startsWith(name + "=")) || "").split("=")[1] || "";
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  const shelf = {
    put(key, value) { try { sessionStorage.setItem(mine + key, JSON.stringify(value)); } catch { /* full or refused: the page still holds the words */ } },
    get(key) { try { return JSON.parse(sessionStorage.getItem(mine + key)); } catch { return null; } },
    drop(key) { try { sessionStorage.removeItem(mine + key); } catch { /* as above */ } },
    // Somebody else signs in at the same desk: nothing of the last person's may be left.
    forgetOthers() {
      try {
        for (const key of Object.keys(sessionStorage)) {
          if (key.startsWith("cpc-note:") && !key.startsWith(`cpc-note:${user}:`)) sessionStorage.removeItem(key);
        }
      } catch { /* as above */ }
    },
  };

  class Note {
    constructor(box) {
      this.box = box;
      this.key = box.dataset.note;
      this.text = box.querySelector("textarea");
      this.readers = box.querySelector("select");
      this.version = box.querySelector(`[name="version-${this.key}"]`);
      this.was = box.querySelector(`[name="was-${this.key}"]`);
      this.status = box.querySelector("[data-status]");
      this.both = box.querySelector("[data-both]");
      this.held = box.querySelector("[data-held]");
      this.people = box.querySelector("[data-named]");
      this.dirty = false; this.busy = false; this.timer = 0;
      this.text.addEventListener("input", () => this.changed());
      this.readers.addEventListener("change", () => { this.askNames(); this.changed(); });
      this.people.addEventListener("change", () => this.changed());
      this.held.addEventListener("click", (event) => {
        const settle = event.target.closest("[data-settle]");
        if (!settle && !event.target.closest("[data-leave]")) return;
        event.preventDefault();
        const leave = this.held.querySelector("textarea");
        if (!settle && !leave.value.trim()) { leave.focus(); return; }
        this.dirty = true;
        this.send(settle ? { settle: "yes" } : { leave: leave.value });
      });
      this.text.addEventListener("blur", () => { if (this.dirty) this.send(); });
      box.addEventListener("click", (event) => { if (event.target.closest("[data-resolve]")) this.resolve(event); });
      this.putBack();
    }

    get byName() { return ["named", "police", "third_party"].includes(this.readers.value); }

    get named() { return this.byName ? [...this.people.querySelectorAll("input:checked")].map((box) => box.value) : []; }

    // Who is named is asked only where an audience goes by name: a page with twenty notes has no room for more.
    askNames(chosen) {
      if (!this.byName) { this.people.hidden = true; return; }
      this.people.hidden = false;
      if (!this.people.childElementCount) {
        const asked = document.createElement("fieldset");
        asked.className = "govuk-fieldset meet-named";
        asked.innerHTML = '<legend class="meet-named__legend">Named to read it, besides the chair</legend>';
        for (const person of document.getElementById("named-people").content.querySelectorAll("[data-id]")) {
          const id = `named-${this.key}-${person.dataset.id}`;
          const item = document.createElement("div");
          item.className = "govuk-checkboxes govuk-checkboxes--small";
          item.innerHTML = '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox"><label class="govuk-label govuk-checkboxes__label"></label></div>';
          const [box, label] = [item.querySelector("input"), item.querySelector("label")];
          box.id = id; box.name = `named-${this.key}`; box.value = person.dataset.id;
          label.htmlFor = id; label.textContent = person.textContent;
          asked.append(item);
        }
        this.people.append(asked);
      }
      if (chosen) for (const box of this.people.querySelectorAll("input")) box.checked = chosen.map(String).includes(box.value);
    }

    get stuck() { return this.both.childElementCount > 0; }

    say(words, kind) {
      this.status.textContent = words;
      this.status.className = `cpc-saved cpc-saved--${kind}`;
      sayAll();
    }

    putBack() {
      const kept = shelf.get(this.key);
      if (!kept || this.stuck) return;
      const same = kept.audience === this.readers.value && String(kept.named || []) === String(this.named);
      if (kept.text === this.text.value && same) { shelf.drop(this.key); return; }
      this.text.value = kept.text;
      this.readers.value = kept.audience;
      this.askNames(kept.named || []);
      if (kept.was !== this.was.value) { this.version.value = kept.version; this.was.value = kept.was; }
      const closed = this.box.closest("details");
      if (closed) closed.open = true;
      this.changed();
    }

    changed() {
      this.dirty = true;
      shelf.put(this.key, { text: this.text.value, audience: this.readers.value, named: this.named, version: this.version.value, was: this.was.value });
      if (this.stuck) return;
      this.say("Not saved yet", "unsaved");
      this.later(PAUSE);
    }

    later(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), pause);
    }

    async send(decided = {}) {
      clearTimeout(this.timer);
      if (this.stuck) return;
      if (this.busy) { this.timer = setTimeout(() => this.send(decided), PAUSE); return; } // what was decided is not forgotten
      const sent = { text: this.text.value, audience: this.readers.value, named: this.named };
      const data = new URLSearchParams({ key: this.key });
      data.set(`note-${this.key}`, sent.text);
      data.set(`audience-${this.key}`, sent.audience);
      for (const one of sent.named) data.append(`named-${this.key}`, one);
      for (const [name, value] of Object.entries(decided)) data.set(`${name}-${this.key}`, value);
      data.set(`version-${this.key}`, this.version.value);
      data.set(`was-${this.key}`, this.was.value);
      this.busy = true;
      this.say("Saving…", "saving");
      let answer;
      try {
        answer = await fetch(save, {
          method: "POST", body: data, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(15000),
          headers: { "X-CSRFToken": cookie("csrftoken"), "HX-Request": "true", Accept: "application/json" },
        });
      } catch {
        this.failed("no connection. Your words are kept on this page; trying again");
        return;
      }
      this.busy = false;
      let said = {};
      try { said = await answer.json(); } catch { /* no words of ours came with it */ }
      if (answer.ok) { this.saved(sent, said); return; }
      if (answer.status === 409 && said.html) { this.refused(said); return; }
      if ([401, 403].includes(answer.status) || answer.type === "opaqueredirect") {
        this.failed("you have been signed out. Sign in again in a new tab; your words are kept here");
      } else if (said.sentence) {
        this.say(`Not saved: ${said.sentence}`, "failed");
      } else {
        this.failed("something went wrong. Your words are kept on this page; trying again");
      }
    }

    failed(why) {
      this.busy = false;
      this.say(`Not saved: ${why}`, "failed");
      this.later(AGAIN);
    }

    saved(sent, said) {
      this.version.value = said.version;
      this.was.value = said.was;
      this.hold(said.held || "");
      if (this.readers.value !== sent.audience || String(this.named) !== String(sent.named)) { this.changed(); return; }
      // Where it holds something that fewer people may read, it is kept for those fewer until that is decided.
      if (said.audience) { this.readers.value = said.audience; this.askNames(said.named); }
      if (this.text.value !== sent.text) { this.changed(); return; }
      this.dirty = false;
      shelf.drop(this.key);
      if (said.held) this.say(`Saved at ${said.at}, not yet for everyone you chose`, "unsaved");
      else this.say(`Saved at ${said.at || clock()}`, "saved");
    }

    hold(html) {
      const leave = this.held.querySelector("textarea");
      if (html && leave && leave.value) return; // somebody is giving the reason there
      this.held.innerHTML = html;
    }

    refused(said) {
      this.both.innerHTML = said.html;
      this.theirs = said.theirs;
      this.version.value = said.version;
      this.was.value = "";
      this.box.classList.add("meet-note--refused");
      this.say("Not saved: choose which text stands", "failed");
    }

    resolve(event) {
      event.preventDefault();
      const chosen = this.both.querySelector("input:checked");
      const theirs = this.theirs ?? this.both.querySelector("[data-theirs]").textContent;
      if (chosen && chosen.value === "theirs") this.text.value = theirs;
      if (chosen && chosen.value === "both") this.text.value = `${theirs.trimEnd()}\n\n${this.text.value.trimStart()}`;
      this.both.replaceChildren();
      this.box.classList.remove("meet-note--refused");
      this.was.value = "";
      this.dirty = true;
      this.text.focus();
      this.send();
    }

    // Written on another screen: shown here, unless somebody is typing in this very field.
    heard(note) {
      if (Number(note.version) <= Number(this.version.value) || this.stuck || this.busy) return;
      if (this.dirty || document.activeElement === this.text) {
        this.say(`${note.by} is writing here too, on another screen`, "unsaved");
        return;
      }
      this.text.value = note.text;
      this.readers.value = note.audience;
      this.askNames(note.named);
      this.version.value = note.version;
      this.was.value = note.was;
      this.say(`Saved by ${note.by} at ${note.at}`, "saved");
    }
  }

  shelf.forgetOthers();
  const notes = new Map();

  function sayAll() {
    if (!all) return;
    const waiting = [...notes.values()].filter((note) => note.dirty || note.stuck).length;
    const words = waiting ? `${waiting} ${waiting === 1 ? "note is" : "notes are"} not saved yet` : `All saved at ${clock()}`;
    if (all.textContent !== words) all.textContent = words;
    all.className = `cpc-saved cpc-saved--${waiting ? "unsaved" : "saved"}`;
  }

  for (const box of page.querySelectorAll("[data-note]")) {
    const note = new Note(box);
    notes.set(note.key, note);
  }
  if (all && !page.querySelector(".meet-both")) all.textContent = "Each note saves itself as you type.";

  let leaving = false;
  if (form) form.addEventListener("submit", (event) => { leaving = !event.defaultPrevented; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && [...notes.values()].some((note) => note.dirty || note.stuck)) event.preventDefault();
  });
  const retry = () => { for (const note of notes.values()) if (note.dirty && !note.busy) note.send(); };
  window.addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) retry(); });

  // What is written on another screen. The page asks by itself, so it never keeps a session alive.
  let since = page.dataset.since;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${sinceUrl}?since=${encodeURIComponent(since)}`, { headers: { "X-Poll": "1" }, credentials: "same-origin" });
      if (answer.status !== 200) return;
      const said = await answer.json();
      since = said.until;
      for (const note of said.notes) {
        const here = notes.get(note.key);
        if (here) { here.heard(note); continue; }
        const read = page.querySelector(`[data-read="${note.key}"] [data-text]`);
        if (read) read.textContent = note.text || "Nothing written.";
      }
    } catch { /* no connection: the fields say so themselves */ }
  }, 10000);
})();
