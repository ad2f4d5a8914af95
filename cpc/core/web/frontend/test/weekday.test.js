import assert from "node:assert/strict";
import { test } from "node:test";
import { weekday } from "../src/weekday.js";

test("the weekday of a date, with its month in numbers or in words", () => {
  assert.equal(weekday("27", "3", "2026"), "Friday");
  assert.equal(weekday(" 1", "December", "2026 "), "Tuesday");
  assert.equal(weekday("29", "feb", "2028"), "Tuesday");
});

test("no weekday for what is no date, or not yet", () => {
  for (const typed of [
    ["", "", ""],
    ["31", "2", "2026"],
    ["27", "3", "26"],
    ["27", "Max", "2026"],
    ["0", "3", "2026"],
  ])
    assert.equal(weekday(...typed), "");
});
