// The room's own screen follows the chair's page. Every second time it asks in full: what somebody who is here must not
// hear may change elsewhere. What it got last stays on the screen while the connection is down, but is taken off when
// the answer is a refusal.
import { Poll } from "./poll.js";

const room = document.querySelector("[data-room]");
if (room) {
  new Poll({
    url: () => location.href,
    token: room.dataset.pollToken,
    fullEach: 2,
    hear: async (answer) => {
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-room]");
      if (next && next.innerHTML !== room.innerHTML) room.replaceChildren(...next.childNodes);
    },
    refused: () => room.replaceChildren(),
  }).start();
}
