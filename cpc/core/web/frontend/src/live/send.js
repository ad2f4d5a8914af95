// One note sent to be saved, and what became of it: {kind, …}. Kinds: saved, stale, invalid, signed-out, failed.
export const WAIT = 15000;

export function asForm(key, note, decided = {}) {
  const data = new URLSearchParams({ key });
  data.set(`note-${key}`, note.text);
  data.set(`audience-${key}`, note.audience);
  for (const one of note.named) data.append(`named-${key}`, one);
  for (const [name, value] of Object.entries(decided)) data.set(`${name}-${key}`, value);
  data.set(`version-${key}`, note.version);
  data.set(`was-${key}`, note.was);
  return data;
}

export async function send(url, data, token, fetcher = fetch) {
  let answer;
  try {
    answer = await fetcher(url, {
      method: "POST",
      body: data,
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(WAIT),
      headers: { "X-CSRFToken": token, "X-Part": "1", Accept: "application/json" },
    });
  } catch {
    return { kind: "failed", why: "no connection. Your words are kept on this page; trying again" };
  }
  let said = {};
  try {
    said = await answer.json();
  } catch {
    // No words of ours came with it.
  }
  if (answer.ok) return { kind: "saved", said };
  if (answer.status === 409 && said.html) return { kind: "stale", said };
  if ([401, 403].includes(answer.status) || answer.type === "opaqueredirect") {
    return {
      kind: "signed-out",
      why: "you have been signed out. Sign in again in a new tab; your words are kept here",
    };
  }
  if (said.sentence) return { kind: "invalid", why: said.sentence };
  return { kind: "failed", why: "something went wrong. Your words are kept on this page; trying again" };
}
