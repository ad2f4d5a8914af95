import assert from "node:assert/strict";
import { test } from "node:test";
import { asForm, send } from "../src/live/send.js";

const note = { text: "Bruises", audience: "named", named: ["3", "4"], version: "2", was: "abc" };
const answer =
  (status, said, type = "basic") =>
  async () => ({
    status,
    type,
    ok: status >= 200 && status < 300,
    json: async () => said ?? JSON.parse("<html>"),
  });
const became = async (...how) => (await send("/note/", asForm("worried-0-0", note), "token", answer(...how))).kind;

test("a note is sent with its version, its readers and what was decided", () => {
  const data = asForm("worried-0-0", note, { settle: "yes" });
  assert.equal(data.get("key"), "worried-0-0");
  assert.equal(data.get("note-worried-0-0"), "Bruises");
  assert.equal(data.get("version-worried-0-0"), "2");
  assert.equal(data.get("settle-worried-0-0"), "yes");
  assert.deepEqual(data.getAll("named-worried-0-0"), ["3", "4"]);
});

test("each answer has its kind", async () => {
  assert.equal(await became(200, { version: 3 }), "saved");
  assert.equal(await became(409, { html: "<p>Both</p>" }), "stale");
  assert.equal(await became(409, { sentence: "This page has changed" }), "invalid");
  assert.equal(await became(422, { sentence: "Too long" }), "invalid");
  assert.equal(await became(401), "signed-out");
  assert.equal(await became(0, undefined, "opaqueredirect"), "signed-out");
  assert.equal(await became(500), "failed");
});

test("without a connection the words are said to be kept", async () => {
  const { kind, why } = await send("/note/", asForm("worried-0-0", note), "token", async () => {
    throw new TypeError("Failed to fetch");
  });
  assert.equal(kind, "failed");
  assert.match(why, /no connection/);
});
