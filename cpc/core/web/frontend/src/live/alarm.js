// The one region that is spoken at once: what could not be saved, once for each cause, and that it is saved after all.
export class Alarm {
  constructor(region) {
    this.region = region;
    this.said = new Map();
  }

  failed(key, label, why) {
    const known = [...this.said.values()].includes(why);
    this.said.set(key, why);
    if (!known) this.#speak(`${label}. ${why}`);
  }

  settled(key) {
    if (this.said.delete(key) && !this.said.size) this.#speak("Everything is saved again.");
  }

  #speak(words) {
    if (this.region) this.region.textContent = words;
  }
}
