// A browser that goes back to a page, or loads it again, fills in what was typed on it before, even if somebody else is
// signed in by then. So the page's entry in the history names the person who opened it, and another person gets the
// page as the server sent it.
export function forgetWordsOfAnother(owner) {
  const opened = history.state?.owner;
  history.replaceState({ ...history.state, owner }, "");
  if (!opened || opened === owner) return;
  forget();
  addEventListener("DOMContentLoaded", forget); // some browsers fill in at the end of the page, some after it
  addEventListener("pageshow", forget);
}

function forget() {
  for (const form of document.forms) form.reset();
  for (const field of document.querySelectorAll("input, textarea")) {
    if (!field.form) field.value = field.defaultValue;
  }
}
