import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf } from "../src/live/shelf.js";

// Like sessionStorage: the keys are its own properties.
function storage() {
  const made = {};
  const method = (name, value) => Object.defineProperty(made, name, { value });
  method("getItem", (key) => made[key] ?? null);
  method("setItem", (key, value) => {
    made[key] = value;
  });
  method("removeItem", (key) => delete made[key]);
  return made;
}

test("what was put is found again, until it is dropped", () => {
  const shelf = new Shelf(storage(), 1, 7);
  shelf.put("worried-0-0", { text: "Bruises" });
  assert.deepEqual(shelf.get("worried-0-0"), { text: "Bruises" });
  shelf.drop("worried-0-0");
  assert.equal(shelf.get("worried-0-0"), null);
});

test("nothing of the last person's is left when somebody else signs in", () => {
  const shared = storage();
  new Shelf(shared, 1, 7).put("worried-0-0", { text: "Bruises" });
  const mine = new Shelf(shared, 2, 7);
  mine.put("reason-0-0", { text: "Mine" });
  shared["other-thing"] = "stays";
  mine.forgetOthers();
  assert.deepEqual(Object.keys(shared).sort(), ["cpc-note:2:7:reason-0-0", "other-thing"]);
});

test("a storage that refuses does not stop the page", () => {
  const refusing = {
    setItem: () => assert.fail("full"),
    getItem: () => "no JSON",
    removeItem: () => assert.fail("no"),
  };
  const shelf = new Shelf(refusing, 1, 7);
  shelf.put("worried-0-0", {});
  shelf.drop("worried-0-0");
  assert.equal(shelf.get("worried-0-0"), null);
});
