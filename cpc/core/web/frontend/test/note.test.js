import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Note } from "../src/live/note.js";

// As much of a page as a note touches.
function element(more = {}) {
  return {
    value: "",
    textContent: "",
    innerHTML: "",
    childElementCount: 0,
    dataset: {},
    classList: { add() {}, remove() {} },
    addEventListener() {},
    querySelector: () => null,
    querySelectorAll: () => [],
    closest: () => null,
    replaceChildren() {
      this.childElementCount = 0;
    },
    ...more,
  };
}

function aNote({ kept = null } = {}) {
  const parts = {
    textarea: element(),
    select: element({ value: "everyone" }),
    '[name="version-worried-0-0"]': element({ value: "1" }),
    '[name="was-worried-0-0"]': element({ value: "was-1" }),
    "[data-status]": element(),
    "[data-both]": element(),
    "[data-held]": element(),
    "[data-named]": element(),
    label: element({ textContent: "Worried " }),
  };
  const box = element({ dataset: { note: "worried-0-0" }, querySelector: (name) => parts[name] });
  const shelf = { put: mock.fn(), get: () => kept, drop: mock.fn() };
  const alarm = { failed: mock.fn(), settled: mock.fn() };
  return { note: new Note(box, { url: "/note/", shelf, alarm, changed: () => {} }), shelf, alarm };
}

const answers = (status, said) => {
  globalThis.fetch = mock.fn(async () => ({ status, ok: status < 300, type: "basic", json: async () => said }));
};
const news = { version: 2, text: "Hunger", audience: "everyone", named: [], was: "was-2", by: "Gwen", at: "10:04" };

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = { cookie: "csrftoken=abc", activeElement: null };
});

test("what is typed is kept in the tab until it is saved", async () => {
  const { note, shelf } = aNote();
  note.text.value = "Bruises";
  note.changed();
  assert.equal(shelf.put.mock.calls[0].arguments[1].text, "Bruises");
  assert.equal(note.status.textContent, "Not saved yet");
  answers(200, { version: 2, was: "was-2", at: "10:03", audience: "everyone", named: [] });
  await note.send();
  assert.equal(note.status.textContent, "Saved at 10:03");
  assert.equal(note.version, 2);
  assert.equal(shelf.drop.mock.callCount(), 1);
  assert.equal(note.isOpen, false);
});

test("what is typed while it is being saved is not taken for saved", async () => {
  const { note, shelf } = aNote();
  note.text.value = "Bruises";
  note.changed();
  answers(200, { version: 2, was: "was-2", at: "10:03" });
  const sending = note.send();
  note.text.value = "Bruises and hunger";
  await sending;
  assert.equal(note.status.textContent, "Not saved yet");
  assert.equal(shelf.drop.mock.callCount(), 0);
  assert.equal(note.isOpen, true);
});

test("somebody else's text is shown, but never over what is being typed", () => {
  const { note, alarm } = aNote();
  note.hear(news);
  assert.equal(note.text.value, "Hunger");
  assert.equal(note.status.textContent, "Saved by Gwen at 10:04");
  note.text.value = "Mine";
  note.changed();
  note.hear({ ...news, version: 3, text: "Theirs" });
  assert.equal(note.text.value, "Mine");
  assert.match(alarm.failed.mock.calls[0].arguments[2], /Gwen is writing here too/);
});

test("an older version is no news", () => {
  const { note } = aNote();
  note.hear({ ...news, version: 1 });
  assert.equal(note.text.value, "");
});

test("a refusal says why and is spoken; without a connection it tries again", async () => {
  const { note, alarm } = aNote();
  note.text.value = "Bruises";
  note.changed();
  answers(422, { sentence: "Make it shorter." });
  await note.send();
  assert.equal(note.status.textContent, "Not saved: Make it shorter.");
  assert.deepEqual(alarm.failed.mock.calls[0].arguments, ["worried-0-0", "Worried", "Not saved: Make it shorter."]);
  globalThis.fetch = mock.fn(async () => {
    throw new TypeError("Failed to fetch");
  });
  await note.send();
  mock.timers.tick(5000);
  assert.equal(globalThis.fetch.mock.callCount(), 2);
});

test("words that an earlier life of the page could not save are put back", () => {
  const kept = { text: "Bruises", audience: "chair", named: [], version: "0", was: "was-0" };
  const { note } = aNote({ kept });
  assert.equal(note.text.value, "Bruises");
  assert.equal(note.readers.value, "chair");
  assert.equal(note.versionBox.value, "0");
  assert.equal(note.isOpen, true);
});
