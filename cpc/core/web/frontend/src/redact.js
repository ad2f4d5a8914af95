// What is drawn over a page with the mouse stands in the boxes beside it, and what stands in the boxes is drawn. The
// boxes are what is sent: without this script they are filled in by hand.
const root = document.querySelector("[data-redact]");
const form = root?.querySelector("form");

function start() {
  const total = form.querySelector("[name$=TOTAL_FORMS]");
  const most = Number(form.querySelector("[name$=MAX_NUM_FORMS]").value);
  const SIDES = ["left", "top", "width", "height"];
  const parts = () => [...form.querySelectorAll("fieldset.cpc-card")];
  const box = (part, name) => part.querySelector(`[name$="-${name}"]`);
  const isWhole = (part) => part.querySelector('[name$="-what"][value="page"]').checked;
  const choose = (part, whole) => {
    part.querySelector(`[name$="-what"][value="${whole ? "page" : "area"}"]`).checked = true;
  };
  const place = (shape, values) => {
    for (const [i, name] of ["x", "y", "width", "height"].entries()) shape.setAttribute(name, `${values[i]}%`);
  };
  const rect = (svg, values) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    place(made, values);
    svg.append(made);
    return made;
  };
  const draw = () => {
    for (const svg of root.querySelectorAll(".redact__marks")) svg.replaceChildren();
    for (const part of parts()) {
      const svg = root.querySelector(`[data-page="${box(part, "page").value}"] .redact__marks`);
      if (!svg) continue;
      const values = isWhole(part) ? [0, 0, 100, 100] : SIDES.map((name) => Number(box(part, name).value) || 0);
      if (values[2] > 0 && values[3] > 0) rect(svg, values);
    }
  };
  const another = () => {
    const free = parts().find((part) => !box(part, "page").value && !box(part, "reason").value);
    if (free) return free;
    const number = Number(total.value);
    if (number >= most) return null;
    const part = document.createElement("fieldset");
    part.className = "govuk-fieldset cpc-card";
    const legend = document.createElement("legend");
    legend.className = "govuk-fieldset__legend govuk-fieldset__legend--m";
    legend.textContent = `Part ${number + 1}`;
    const fields = document.createElement("div");
    fields.innerHTML = root.querySelector("[data-empty]").innerHTML.replaceAll("__prefix__", String(number));
    part.append(legend, fields);
    parts().at(-1).after(part);
    total.value = String(number + 1);
    return part;
  };
  const fill = (page, values) => {
    const part = another();
    if (!part) return;
    box(part, "page").value = page;
    choose(part, values === null);
    for (const [i, name] of SIDES.entries()) if (values) box(part, name).value = String(values[i]);
    draw();
    box(part, "reason").focus();
  };
  const share = (event, svg) => {
    const area = svg.getBoundingClientRect();
    const within = (value) => Math.round(Math.min(100, Math.max(0, value * 100)) * 10) / 10;
    return [within((event.clientX - area.left) / area.width), within((event.clientY - area.top) / area.height)];
  };
  for (const figure of root.querySelectorAll("[data-page]")) {
    const svg = figure.querySelector(".redact__marks");
    const whole = figure.querySelector("[data-whole]");
    whole.hidden = false;
    whole.addEventListener("click", () => fill(figure.dataset.page, null));
    svg.addEventListener("pointerdown", (start) => {
      const seen = figure.querySelector("img").naturalWidth > 0; // an area is drawn over what is there to be seen
      if (start.pointerType === "touch" || start.button !== 0 || !seen) return; // a finger scrolls the page
      start.preventDefault();
      svg.setPointerCapture(start.pointerId);
      const [x, y] = share(start, svg);
      const shown = rect(svg, [x, y, 0, 0]);
      let values = [x, y, 0, 0];
      const move = (event) => {
        const [toX, toY] = share(event, svg);
        values = [Math.min(x, toX), Math.min(y, toY), Math.abs(toX - x), Math.abs(toY - y)].map(
          (n) => Math.round(n * 10) / 10,
        );
        place(shown, values);
      };
      const end = () => {
        svg.removeEventListener("pointermove", move);
        if (values[2] >= 0.5 && values[3] >= 0.3) fill(figure.dataset.page, values);
        else draw();
      };
      svg.addEventListener("pointermove", move);
      svg.addEventListener("pointerup", end, { once: true });
    });
  }
  root.querySelector("[data-how]").hidden = false;
  form.addEventListener("input", draw);
  draw();
}

if (form) start();
