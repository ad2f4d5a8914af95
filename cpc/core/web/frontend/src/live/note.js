// One field that saves itself when the typing stops, and says truthfully whether it is saved.
import { cookie } from "../cookie.js";
import { goesByName, Named } from "./named.js";
import { asForm, send } from "./send.js";

const PAUSE = 1500;
const AGAIN = 5000;
const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export class Note {
  constructor(box, { url, shelf, alarm, changed }) {
    Object.assign(this, { box, url, shelf, alarm, told: changed });
    this.key = box.dataset.note;
    this.text = box.querySelector("textarea");
    this.readers = box.querySelector("select");
    this.versionBox = box.querySelector(`[name="version-${this.key}"]`);
    this.was = box.querySelector(`[name="was-${this.key}"]`);
    this.status = box.querySelector("[data-status]");
    this.both = box.querySelector("[data-both]");
    this.held = box.querySelector("[data-held]");
    this.named = new Named(box.querySelector("[data-named]"), this.key);
    this.label = box.querySelector("label").textContent.trim();
    this.dirty = false;
    this.busy = false;
    this.timer = 0;
    this.#listen();
    this.#putBack();
  }

  #listen() {
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("blur", () => this.dirty && this.send());
    this.named.box.addEventListener("change", () => this.changed());
    this.readers.addEventListener("change", () => {
      this.named.ask(this.readers.value);
      this.changed();
    });
    this.held.addEventListener("click", (event) => this.#decide(event));
    this.box.addEventListener("click", (event) => event.target.closest("[data-resolve]") && this.#resolve(event));
  }

  get version() {
    return Number(this.versionBox.value);
  }

  get stuck() {
    return this.both.childElementCount > 0;
  }

  get isOpen() {
    return this.dirty || this.stuck;
  }

  #now() {
    const named = goesByName(this.readers.value) ? this.named.chosen : [];
    const { value: version } = this.versionBox;
    return { text: this.text.value, audience: this.readers.value, named, version, was: this.was.value };
  }

  #say(words, kind) {
    this.status.textContent = words;
    this.status.className = `cpc-saved cpc-saved--${kind}`;
    this.told();
  }

  #fail(words) {
    this.#say(words, "failed");
    this.alarm.failed(this.key, this.label, words);
  }

  // Words that an earlier life of this page could not save.
  #putBack() {
    const kept = this.shelf.get(this.key);
    if (!kept || this.stuck) return;
    const now = this.#now();
    const same = kept.audience === now.audience && String(kept.named || []) === String(now.named);
    if (kept.text === now.text && same) {
      this.shelf.drop(this.key);
      return;
    }
    this.text.value = kept.text;
    this.readers.value = kept.audience;
    this.named.ask(kept.audience, kept.named || []);
    if (kept.was !== now.was) {
      this.versionBox.value = kept.version;
      this.was.value = kept.was;
    }
    const closed = this.box.closest("details");
    if (closed) closed.open = true;
    this.changed();
  }

  changed() {
    this.dirty = true;
    this.shelf.put(this.key, this.#now());
    if (this.stuck) return;
    this.#say("Not saved yet", "unsaved");
    this.#later(PAUSE);
  }

  #later(pause, decided) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(decided), pause);
  }

  async send(decided = {}) {
    clearTimeout(this.timer);
    if (this.stuck) return;
    if (this.busy) {
      this.#later(PAUSE, decided); // what was decided is not forgotten
      return;
    }
    const sent = this.#now();
    this.busy = true;
    this.#say("Saving…", "saving");
    const { kind, said, why } = await send(this.url, asForm(this.key, sent, decided), cookie("csrftoken"));
    this.busy = false;
    if (kind === "saved") this.#saved(sent, said);
    else if (kind === "stale") this.#stale(said);
    else {
      this.#fail(`Not saved: ${why}`);
      if (kind !== "invalid") this.#later(AGAIN);
    }
  }

  #saved(sent, said) {
    this.versionBox.value = said.version;
    this.was.value = said.was;
    this.#hold(said.held || "");
    if (!said.held) this.alarm.settled(this.key);
    const now = this.#now();
    if (now.audience !== sent.audience || String(now.named) !== String(sent.named)) {
      this.changed();
      return;
    }
    // Where it holds something that fewer people may read, it is kept for those fewer until that is decided.
    if (said.audience) {
      this.readers.value = said.audience;
      this.named.ask(said.audience, said.named);
    }
    if (now.text !== sent.text) {
      this.changed();
      return;
    }
    this.dirty = false;
    this.shelf.drop(this.key);
    if (said.held) {
      const words = `Saved at ${said.at}, not yet for everyone you chose`;
      this.#say(words, "unsaved");
      this.alarm.failed(this.key, this.label, words);
    } else this.#say(`Saved at ${said.at || clock()}`, "saved");
  }

  #hold(html) {
    const leave = this.held.querySelector("textarea");
    if (html && leave?.value) return; // somebody is giving the reason there
    this.held.innerHTML = html;
  }

  #decide(event) {
    const settle = event.target.closest("[data-settle]");
    if (!settle && !event.target.closest("[data-leave]")) return;
    event.preventDefault();
    const leave = this.held.querySelector("textarea");
    if (!settle && !leave.value.trim()) {
      leave.focus();
      return;
    }
    this.dirty = true;
    this.send(settle ? { settle: "yes" } : { leave: leave.value });
  }

  #stale(said) {
    this.both.innerHTML = said.html;
    this.theirs = said.theirs;
    this.versionBox.value = said.version;
    this.was.value = "";
    this.box.classList.add("meet-note--refused");
    this.#fail("Not saved: choose which text to keep");
  }

  #resolve(event) {
    event.preventDefault();
    const chosen = this.both.querySelector("input:checked")?.value;
    const theirs = this.theirs ?? this.both.querySelector("[data-theirs]").textContent;
    if (chosen === "theirs") this.text.value = theirs;
    if (chosen === "both") this.text.value = `${theirs.trimEnd()}\n\n${this.text.value.trimStart()}`;
    this.both.replaceChildren();
    this.box.classList.remove("meet-note--refused");
    this.was.value = "";
    this.dirty = true;
    this.text.focus();
    this.send();
  }

  // Written on another screen: shown here, unless somebody is typing in this very field.
  hear(news) {
    if (news.version <= this.version || this.stuck || this.busy) return;
    if (this.dirty || document.activeElement === this.text) {
      const words = `${news.by} is writing here too, on another screen`;
      this.#say(words, "unsaved");
      this.alarm.failed(this.key, this.label, words);
      return;
    }
    this.text.value = news.text;
    this.readers.value = news.audience;
    this.named.ask(news.audience, news.named);
    this.versionBox.value = news.version;
    this.was.value = news.was;
    this.#say(`Saved by ${news.by} at ${news.at}`, "saved");
  }
}
