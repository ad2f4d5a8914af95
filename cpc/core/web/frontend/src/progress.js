// How far a job is: asked every two seconds until it is done, and then the page itself is opened afresh.
const box = document.querySelector("[data-progress]");

async function again() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { "X-Poll": "1" }, credentials: "same-origin" });
    if (answer.status === 401) document.dispatchEvent(new Event("cpc:signed-out"));
    if (answer.headers.get("X-Reload")) {
      location.reload();
      return;
    }
    if (answer.status === 200) box.innerHTML = await answer.text();
  } catch {
    // No connection: ask again.
  }
  setTimeout(again, 2000);
}

if (box) setTimeout(again, 2000);
