// One note on the page of somebody who only reads: what the chair writes appears in it.
export class Reading {
  constructor(box) {
    this.box = box;
    this.key = box.dataset.read;
    this.isOpen = false;
  }

  get version() {
    return Number(this.box.dataset.version);
  }

  hear(news) {
    this.box.dataset.version = news.version;
    this.box.querySelector("[data-text]").textContent = news.text || "Nothing written.";
    const folded = this.box.closest("details");
    if (folded && news.text) {
      folded.hidden = false;
      folded.open = true;
    }
  }
}
