// The parts of govuk-frontend that our pages use, in one file, started once the page is there.
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  isSupported,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
} from "../node_modules/govuk-frontend/dist/govuk/all.mjs";

const PARTS = [
  [Button, { preventDoubleClick: true }],
  [CharacterCount],
  [Checkboxes],
  [ErrorSummary],
  [NotificationBanner],
  [PasswordInput],
  [Radios],
  [ServiceNavigation],
  [SkipLink],
  [Tabs],
];

if (isSupported()) for (const [part, settings] of PARTS) createAll(part, settings);
