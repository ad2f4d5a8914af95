// Unsaved words stay in this tab alone (sessionStorage) and go once they are saved.
const PREFIX = "cpc-note:";

export class Shelf {
  constructor(storage, user, conference) {
    this.storage = storage;
    this.ofUser = `${PREFIX}${user}:`;
    this.mine = `${this.ofUser}${conference}:`;
  }

  put(key, value) {
    this.#quietly(() => this.storage.setItem(this.mine + key, JSON.stringify(value)));
  }

  get(key) {
    return this.#quietly(() => JSON.parse(this.storage.getItem(this.mine + key))) ?? null;
  }

  drop(key) {
    this.#quietly(() => this.storage.removeItem(this.mine + key));
  }

  // Somebody else signs in at the same desk: nothing of the last person's may be left.
  forgetOthers() {
    this.#quietly(() => {
      for (const key of Object.keys(this.storage)) {
        if (key.startsWith(PREFIX) && !key.startsWith(this.ofUser)) this.storage.removeItem(key);
      }
    });
  }

  // Where the storage is full or refused, the page itself still holds the words.
  #quietly(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }
}
