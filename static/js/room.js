// The room's own screen follows the chair's page: it asks for itself again, and never keeps a session alive. What it got
// last stays on the screen while the connection is down, but is taken off when the answer is a refusal.
(() => {
  "use strict";
  const room = document.querySelector("[data-room]");
  if (!room) return;
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Poll": "1" }, credentials: "same-origin", redirect: "manual" });
      if (answer.ok) {
        const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-room]");
        if (next && next.innerHTML !== room.innerHTML) room.replaceChildren(...next.childNodes);
      } else {
        room.replaceChildren();
      }
    } catch { /* no connection: ask again */ }
    setTimeout(again, 4000);
  };
  setTimeout(again, 4000);
})();
