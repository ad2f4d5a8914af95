// Beside the three boxes of a date: the weekday that they make, once a box is left. The server says it first.
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

// The weekday of what is typed ("27", "3" or "March", "2026"), or nothing where it is no date.
export function weekday(day, month, year) {
  const named = MONTHS.findIndex((name) => month.trim().toLowerCase().startsWith(name));
  const number = named < 0 ? Number(month) : named + 1;
  if (!/^\d{4}$/.test(year.trim())) return "";
  const date = new Date(Date.UTC(Number(year), number - 1, Number(day)));
  const real = date.getUTCMonth() === number - 1 && date.getUTCDate() === Number(day);
  return real ? date.toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" }) : "";
}

export function showWeekdays(page) {
  page.addEventListener("change", ({ target }) => {
    const group = target.closest(".govuk-date-input");
    const shown = group?.querySelector(".cpc-weekday");
    if (shown) shown.textContent = weekday(...[...group.querySelectorAll("input")].map((box) => box.value));
  });
}
