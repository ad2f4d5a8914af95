import assert from "node:assert/strict";
import { test } from "node:test";
import { versions } from "../src/live/versions.js";
import { Poll } from "../src/poll.js";

const answer = (status, number) => ({ status, headers: new Headers(number ? { "X-Poll-Number": number } : {}) });

function polling(answers, settings = {}) {
  const sent = [];
  const heard = [];
  const refused = [];
  const poll = new Poll({
    url: () => "/news/",
    token: "signed",
    hear: async (one) => heard.push(one),
    refused: (one) => refused.push(one),
    fetcher: async (_, { headers }) => {
      sent.push(headers["X-Poll-Number"]);
      const next = answers.shift();
      if (!next) throw new TypeError("Failed to fetch");
      return next;
    },
    ...settings,
  });
  return { poll, sent, heard, refused };
}

test("the number of the last answer is sent with the next question", async () => {
  const { poll, sent, heard } = polling([answer(200, "5"), answer(204, "5"), answer(200, "6"), answer(204, "6")]);
  for (let i = 0; i < 4; i += 1) await poll.ask();
  assert.deepEqual(sent, ["", "5", "5", "6"]);
  assert.equal(heard.length, 2);
});

test("every so often it asks in full, so that nothing is missed for good", async () => {
  const { poll, sent } = polling([answer(204, "5"), answer(204, "5"), answer(204, "5")], { fullEach: 2 });
  for (let i = 0; i < 3; i += 1) await poll.ask();
  assert.deepEqual(sent, ["", "5", ""]);
});

test("an answer without a number is never taken for the one before it", async () => {
  const { poll, sent } = polling([answer(200, "5"), answer(204), answer(204)]);
  for (let i = 0; i < 3; i += 1) await poll.ask();
  assert.deepEqual(sent, ["", "5", ""]);
});

test("no connection changes nothing, and a refusal is told", async () => {
  const { poll, sent, refused } = polling([answer(200, "5"), null, answer(404), answer(204)]);
  for (let i = 0; i < 4; i += 1) await poll.ask();
  assert.deepEqual(sent, ["", "5", "5", ""]);
  assert.equal(refused.length, 1);
});

test("news that could not be shown is asked for again", async () => {
  const { poll, sent } = polling([answer(200, "5"), answer(204, "5")], {
    hear: async () => {
      throw new Error("cut off");
    },
  });
  await poll.ask();
  await poll.ask();
  assert.deepEqual(sent, ["", ""]);
});

test("a page names the versions of what was ever saved", () => {
  const notes = [
    { key: "reason-0-0", version: 2 },
    { key: "worried-0-0", version: 0 },
    { key: "worried-5-0", version: 1 },
  ];
  assert.equal(versions(notes), "reason-0-0.2,worried-5-0.1");
});
