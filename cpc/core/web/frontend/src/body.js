// Says, before anything is drawn, that scripts run: what they open and close may start closed.
document.body.className += ` js-enabled${"noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : ""}`;
