// The live conference. Without this file its Save button does the same.
import { Alarm } from "./live/alarm.js";
import { Note } from "./live/note.js";
import { Reading } from "./live/reading.js";
import { Shelf } from "./live/shelf.js";
import { versions } from "./live/versions.js";
import { Poll } from "./poll.js";

function start(page) {
  const { user, conference, save, news, pollToken } = page.dataset;
  const all = page.querySelector("[data-all-saved]");
  const alarm = new Alarm(page.querySelector("[data-alarm]"));
  const shelf = new Shelf(sessionStorage, user, conference);
  shelf.forgetOthers();
  const notes = new Map();

  const sayAll = () => {
    if (!all) return;
    const waiting = [...notes.values()].filter((note) => note.isOpen).length;
    const clock = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    all.textContent = waiting
      ? `${waiting} ${waiting === 1 ? "note is" : "notes are"} not saved yet`
      : `All saved at ${clock}`;
    all.className = `cpc-saved cpc-saved--${waiting ? "unsaved" : "saved"}`;
  };
  for (const box of page.querySelectorAll("[data-note]")) {
    notes.set(box.dataset.note, new Note(box, { url: save, shelf, alarm, changed: sayAll }));
  }
  for (const box of page.querySelectorAll("[data-read]")) notes.set(box.dataset.read, new Reading(box));
  if (all && !page.querySelector(".meet-both")) all.textContent = "Each note saves itself as you type.";

  let leaving = false;
  document.getElementById("notes")?.addEventListener("submit", (event) => {
    leaving = !event.defaultPrevented;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && [...notes.values()].some((note) => note.isOpen)) event.preventDefault();
  });
  const retry = () => {
    for (const note of notes.values()) if (note.dirty && !note.busy) note.send();
  };
  addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => !document.hidden && retry());

  new Poll({
    url: () => `${news}?have=${versions(notes.values())}`,
    token: pollToken,
    hear: async (answer) => {
      for (const note of (await answer.json()).notes) notes.get(note.key)?.hear(note);
    },
  }).start();
}

const page = document.querySelector("[data-meet]");
if (page) start(page);
