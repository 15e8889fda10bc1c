export type Said = "saved" | "wrong" | "conflict" | "signed-out" | "away";

/** What the server says to a script: the draft's version, its door and its page, or what is wrong with which field. */
type Answer = { seen?: string; action?: string; page?: string; errors?: Record<string, string> };

type Means = {
  send: (path: string, typed: URLSearchParams) => Promise<Response>;
  say: (said: Said) => void;
};

/** Milliseconds: after the last key, at the latest while somebody types on, and after a failure. */
const waits = { pause: 1_500, most: 15_000, again: 15_000 };
/** A copy older than that is forgotten. */
const kept = 7 * 24 * 3_600_000;

const unsaid = ["form_id", "form_token", "form_typed", "seen", "intent"];

/** What stands in the form, without its files: they go along when a button is pressed. */
const read = (form: HTMLFormElement) =>
  new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string"));

const typedIn = (form: HTMLFormElement): string => {
  const typed = read(form);
  for (const name of unsaid) typed.delete(name);
  return typed.toString();
};

/** One place for each form and organiser, so that nobody else at this browser is shown it. */
const placeOf = (form: HTMLFormElement) => `parvis ${location.pathname} ${read(form).get("organizer") ?? ""}`;

/** The copy that this browser kept of what no server has; null where there is none, or where it says nothing new. */
export function findCopy(form: HTMLFormElement): { at: number; typed: string } | null {
  try {
    const copy = JSON.parse(localStorage.getItem(placeOf(form)) ?? "null");
    return copy && Date.now() - copy.at < kept && copy.typed !== typedIn(form) ? copy : null;
  } catch {
    return null;
  }
}

/** Fills the form with a copy. */
export function bringBack(form: HTMLFormElement, typed: string): void {
  const values = new URLSearchParams(typed);
  for (const one of form.elements) {
    if (!(one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement))
      continue;
    if (!one.name || unsaid.includes(one.name) || one.type === "file") continue;
    if (one instanceof HTMLInputElement && /^(checkbox|radio)$/.test(one.type))
      one.checked = values.getAll(one.name).includes(one.value);
    else one.value = values.get(one.name) ?? "";
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Saves a draft while somebody writes it, and keeps a copy in the browser of what is not saved. It never publishes: the
 * server takes this for drafts alone. Nothing is sent by a page that goes: the next one would be shown the version before.
 * Returns what ends it.
 */
export function keepSaving(form: HTMLFormElement, { send, say }: Means): () => void {
  let saved = typedIn(form);
  let running: Promise<void> | null = null;
  let timer = 0;
  let since = 0;
  let ended = false;

  const copy = (typed: string | null) => {
    try {
      if (typed === null) localStorage.removeItem(placeOf(form));
      else localStorage.setItem(placeOf(form), JSON.stringify({ at: Date.now(), typed }));
    } catch {
      // A browser that keeps nothing, or is full: the server's copy is the one that counts.
    }
  };
  const plan = (wait: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(save, wait);
  };
  /** Whether there is something that a server would take: a draft needs a title, that of an event also a day. */
  const worth = (typed: URLSearchParams) =>
    !ended && typedIn(form) !== saved && ["name", "startDate"].every((name) => typed.get(name)?.trim() !== "");

  function hear(status: number, { seen, action, page, errors = {} }: Answer, typed: string): Said {
    if (seen && action && page) {
      if (form.getAttribute("action") !== action) {
        copy(null);
        form.setAttribute("action", action);
        history.replaceState(history.state, "", page);
      }
      form.querySelector<HTMLInputElement>("[name=seen]")!.value = seen;
      saved = typed;
      if (typedIn(form) === saved) copy(null);
      return "saved";
    }
    const codes = Object.values(errors);
    if (codes.includes("changed-meanwhile")) {
      ended = true;
      return "conflict";
    }
    if (codes.includes("sign-in-first")) return "signed-out";
    if (status === 400) return "wrong";
    plan(waits.again);
    return "away";
  }

  async function attempt(): Promise<void> {
    const typed = typedIn(form);
    try {
      const body = read(form);
      body.set("intent", "autosave");
      const answer = await send(form.getAttribute("action")!, body);
      const isJson = answer.headers.get("content-type")?.includes("json");
      say(hear(answer.status, isJson ? await answer.json() : {}, typed));
    } catch {
      plan(waits.again);
      say("away");
    }
  }
  function save(): void {
    if (running || !worth(read(form))) return;
    since = 0;
    running = attempt().finally(() => {
      running = null;
    });
  }

  const onInput = () => {
    if (ended) return;
    const typed = typedIn(form);
    copy(typed === saved ? null : typed);
    since ||= Date.now();
    plan(Math.max(0, Math.min(waits.pause, since + waits.most - Date.now())));
  };
  const onSubmit = (event: SubmitEvent) => {
    clearTimeout(timer);
    if (!running) {
      ended = true;
      if (navigator.onLine) copy(null);
      return;
    }
    // The version that the running save makes is the one that the button's save must have seen.
    event.preventDefault();
    running.then(() => form.requestSubmit(event.submitter));
  };
  // A page that was left may live on in the browser's memory, hear that it is online, and be shown again.
  const onHide = () => {
    clearTimeout(timer);
    ended = true;
  };
  const onShow = (event: PageTransitionEvent) => {
    if (event.persisted) ended = false;
  };
  form.addEventListener("input", onInput);
  form.addEventListener("submit", onSubmit);
  window.addEventListener("online", save);
  window.addEventListener("pagehide", onHide);
  window.addEventListener("pageshow", onShow);
  return () => {
    clearTimeout(timer);
    form.removeEventListener("input", onInput);
    form.removeEventListener("submit", onSubmit);
    window.removeEventListener("online", save);
    window.removeEventListener("pagehide", onHide);
    window.removeEventListener("pageshow", onShow);
  };
}
