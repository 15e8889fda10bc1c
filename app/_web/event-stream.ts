/** Milliseconds between two looks, and until a connection ends so that the browser begins another. */
const pace = { look: 4_000, life: 5 * 60_000 };

/** How many connections one account holds, and all of them together: each looks into the database. */
const most = { account: 4, all: 200 };

const slot = Symbol.for("parvis.streams");
type Streams = { open: Map<AbortController, string> };
const held = globalThis as { [slot]?: Streams };

/** The open connections, so that a server that stops waits for none of them. */
function streams(): Streams["open"] {
  if (!held[slot]) {
    const open: Streams["open"] = new Map();
    held[slot] = { open };
    const endAll = () => {
      for (const one of open.keys()) one.abort();
    };
    process.once("SIGTERM", endAll);
    process.once("SIGINT", endAll);
  }
  return held[slot].open;
}

type Told = {
  accountId: string;
  /** What is to be said now, on one line; null ends the connection. */
  look: () => Promise<string | null>;
  signal: AbortSignal;
  /** Says the first word and ends: for whoever asked for no stream. */
  once: boolean;
  paces?: typeof pace;
};

/**
 * Server-sent events: what `look` says, whenever it says something else. Null where there are too many connections. It
 * ends with the client, with the server, when `look` says null, and after five minutes.
 */
export function eventStream({ accountId, look, signal, once, paces = pace }: Told): Response | null {
  const open = streams();
  const own = [...open.values()].filter((one) => one === accountId).length;
  if (open.size >= most.all || own >= most.account) return null;
  const end = new AbortController();
  open.set(end, accountId);
  const over = AbortSignal.any([signal, end.signal, AbortSignal.timeout(paces.life)]);
  const text = new TextEncoder();
  const body = new ReadableStream({
    start: async (stream) => {
      let told: string | null = null;
      try {
        for (;;) {
          const said = await look();
          if (said === null || over.aborted) break;
          // A comment line keeps proxies from closing what is silent.
          stream.enqueue(text.encode(said === told ? ":\n\n" : `data: ${said}\n\n`));
          told = said;
          if (once) break;
          await new Promise((resolve) => {
            const next = setTimeout(resolve, paces.look);
            over.addEventListener("abort", () => resolve(clearTimeout(next)), { once: true });
          });
          if (over.aborted) break;
        }
        stream.close();
      } catch {
        // The client is gone, or the database is away: the browser comes back by itself.
        end.abort();
        if (!signal.aborted) stream.error();
      } finally {
        open.delete(end);
      }
    },
    cancel: () => {
      end.abort();
      open.delete(end);
    },
  });
  // `no-transform`: nobody compresses it, and so holds it back.
  const headers = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "private, no-store, no-transform",
  };
  return new Response(body, { headers: { ...headers, "X-Accel-Buffering": "no" } });
}
