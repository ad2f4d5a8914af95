import assert from "node:assert/strict";
import { test } from "node:test";
import { Alarm } from "../src/live/alarm.js";

function region() {
  const spoken = [];
  return {
    spoken,
    set textContent(words) {
      spoken.push(words);
    },
  };
}

test("a cause is spoken once, however often and for however many notes it comes", () => {
  const told = region();
  const alarm = new Alarm(told);
  alarm.failed("worried-0-0", "Worried", "Not saved: no connection");
  alarm.failed("worried-0-0", "Worried", "Not saved: no connection");
  alarm.failed("reason-0-0", "Reason", "Not saved: no connection");
  assert.deepEqual(told.spoken, ["Worried. Not saved: no connection"]);
});

test("another cause is spoken too, and a cause that comes back after a save", () => {
  const told = region();
  const alarm = new Alarm(told);
  alarm.failed("worried-0-0", "Worried", "Not saved: no connection");
  alarm.failed("worried-0-0", "Worried", "Not saved: too long");
  alarm.settled("worried-0-0");
  alarm.failed("worried-0-0", "Worried", "Not saved: no connection");
  assert.deepEqual(told.spoken, [
    "Worried. Not saved: no connection",
    "Worried. Not saved: too long",
    "Everything is saved again.",
    "Worried. Not saved: no connection",
  ]);
});

test("a save without a failure before it says nothing, nor does one while another note is still not saved", () => {
  const told = region();
  const alarm = new Alarm(told);
  alarm.settled("worried-0-0");
  alarm.failed("worried-0-0", "Worried", "Not saved: no connection");
  alarm.failed("reason-0-0", "Reason", "Not saved: no connection");
  alarm.settled("reason-0-0");
  assert.equal(told.spoken.length, 1);
  alarm.settled("worried-0-0");
  assert.equal(told.spoken.at(-1), "Everything is saved again.");
});
