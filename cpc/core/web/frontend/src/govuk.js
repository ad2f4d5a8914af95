// The parts of govuk-frontend that our pages use, in one file, started once the page is there.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios,
  ServiceNavigation, SkipLink, Tabs, createAll, isSupported,
} from "../node_modules/govuk-frontend/dist/govuk/all.mjs";

const PARTS = [
  [Button, { preventDoubleClick: true }], [CharacterCount], [Checkboxes], [ErrorSummary], [NotificationBanner],
  [PasswordInput], [Radios], [ServiceNavigation], [SkipLink], [Tabs],
];

function start(scope) {
  if (!isSupported()) return;
  for (const [part, settings] of PARTS) createAll(part, settings, { scope });
}

start(document);
// What htmx has put in needs its behaviour too.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
