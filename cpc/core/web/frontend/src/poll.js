// Asks every two seconds for what is new. Without news the answer is 204 and costs the server almost nothing: the token
// and the number of the last answer say what this page has. Every few times it asks in full, whatever the number.
// It asks by itself, so it never keeps a session alive.
export class Poll {
  constructor({
    url,
    token,
    hear,
    refused = () => {},
    every = 2000,
    fullEach = 10,
    fetcher = (...all) => fetch(...all),
  }) {
    Object.assign(this, { url, token, hear, refused, every, fullEach, fetcher });
    this.number = "";
    this.asked = 0;
  }

  async ask() {
    const full = this.asked % this.fullEach === 0;
    this.asked += 1;
    let answer;
    try {
      answer = await this.fetcher(this.url(), {
        headers: { "X-Poll": "1", "X-Poll-Token": this.token, "X-Poll-Number": full ? "" : this.number },
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(15000),
      });
      if (answer.status === 200) await this.hear(answer);
    } catch {
      return; // no connection: ask again
    }
    if (answer.status === 200 || answer.status === 204) {
      this.number = answer.headers.get("X-Poll-Number") ?? ""; // none while the server has no shared number
    } else {
      this.number = "";
      this.refused(answer);
    }
  }

  start() {
    const again = async () => {
      if (!document.hidden) await this.ask();
      this.timer = setTimeout(again, this.every);
    };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      clearTimeout(this.timer);
      again();
    });
    this.timer = setTimeout(again, this.every);
  }
}
