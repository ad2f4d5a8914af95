// Who may read a note by name is asked only where its audience goes by name: a page of twenty notes has no room for more.
const BY_NAME = ["named", "police", "third_party"];

export const goesByName = (audience) => BY_NAME.includes(audience);

export class Named {
  constructor(box, key) {
    this.box = box;
    this.key = key;
  }

  get chosen() {
    return [...this.box.querySelectorAll("input:checked")].map((input) => input.value);
  }

  ask(audience, chosen) {
    this.box.hidden = !goesByName(audience);
    if (this.box.hidden) return;
    if (!this.box.childElementCount) this.box.append(this.#question());
    if (!chosen) return;
    for (const input of this.box.querySelectorAll("input")) input.checked = chosen.map(String).includes(input.value);
  }

  #question() {
    const asked = document.createElement("fieldset");
    asked.className = "govuk-fieldset meet-named";
    const legend = document.createElement("legend");
    legend.className = "meet-named__legend";
    legend.textContent = "Named to read it, besides the chair";
    asked.append(legend);
    const people = document.getElementById("named-people").content.querySelectorAll("[data-id]");
    for (const person of people) asked.append(this.#choice(person));
    return asked;
  }

  #choice(person) {
    const item = document.getElementById("named-choice").content.cloneNode(true).firstElementChild;
    const [input, label] = [item.querySelector("input"), item.querySelector("label")];
    input.id = `named-${this.key}-${person.dataset.id}`;
    input.name = `named-${this.key}`;
    input.value = person.dataset.id;
    label.htmlFor = input.id;
    label.textContent = person.textContent.replace(/\s+/g, " ").trim();
    return item;
  }
}
