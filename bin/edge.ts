import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import { isIP } from "node:net";
import { faultPage, faultPolicy } from "#app/_web/fault-page.ts";
import { type RequestNote, requestNotes } from "#app/_web/request.ts";
import type { Config } from "#lib/config.ts";
import { wantsActivity } from "#lib/federation/accept.ts";
import { take } from "#lib/limits/bucket.ts";
import { negotiate, translator } from "#lib/locale/index.ts";
import { log } from "#lib/log.ts";

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<unknown>;
type Edge = { config: Config; handle: Handle; ready: () => Promise<boolean>; stopping: () => boolean };

const unheard: Record<string, (at: { host: string; port: number }) => string> = {
  EADDRINUSE: ({ host, port }) =>
    `port ${port} of ${host} is in use by another program. Stop that one, or give this one another. Example: PORT=${port === 3001 ? 3002 : 3001}`,
  EACCES: ({ port }) => `this user may not listen at port ${port}. Choose one above 1023. Example: PORT=3000`,
  EADDRNOTAVAIL: ({ host }) => `HOST is "${host}", which is no address of this machine. Example: HOST=127.0.0.1`,
  ENOTFOUND: ({ host }) => `HOST is "${host}", which is no name of this machine. Example: HOST=127.0.0.1`,
};

/** Opens a server's door. @throws Error in a sentence, when it cannot be opened there. */
export const listen = (server: Server, at: { host: string; port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const sentence = unheard[error.code ?? ""]?.(at);
      reject(sentence ? new Error(sentence, { cause: error }) : error);
    };
    server.once("error", fail);
    server.listen(at.port, at.host, () => {
      server.off("error", fail);
      resolve();
    });
  });

/** Headers that only we may write: a client's copy is removed before anybody reads it. */
const ours = [
  "content-security-policy",
  "content-security-policy-report-only",
  "x-nonce",
  "x-parvis-client",
  "x-parvis-activity",
  "x-real-ip",
  "forwarded",
];

/** Of Next's own navigation and actions, which our pages do without: a wrong one would be a 500, a right one a second way in. */
const navigation = [
  "rsc",
  "next-url",
  "next-action",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-router-segment-prefetch",
];

/** Addresses that hold a token: nobody may keep them, list them, or learn them from a link that leads away. */
const secret = /^\/(participations|unsubscribe|calendar|sign-in|sign-up|reset-password|address|setup|invitations)\/./;

/** Pages that look through all events, whatever is asked. */
const searches = /^\/(search(\.ics|\.atom)?|calendar)$/;

/** Milliseconds for a head and for a whole request, and how often Node looks (it would be every 30 s). */
export const patience = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };
const deadline = 30_000;
const longestBody = 12 * 1024 * 1024;

/**
 * The HTTP server in front of Next: what Next cannot do. Client address, CSP nonce, security headers, time-outs,
 * `/livez` and `/readyz`, statuses chosen by pages, and a page of its own for 500 and 503.
 */
export function createEdge(edge: Edge, limits = patience): Server {
  const server = createServer({
    ...limits,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 32_768,
  });
  server.on("request", (req, res) => {
    answer(edge, req, res).catch((error) => {
      log("edge").error("A request failed outside of Next", { error });
      if (!res.headersSent) sendFault(req, res, 500);
      else res.destroy();
    });
  });
  return server;
}

async function answer(edge: Edge, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = (req.url ?? "/").split("?")[0]!;
  if (req.method === "TRACE" || req.method === "CONNECT") return end(res, 405);
  if (path === "/livez") return end(res, 200, "ok");
  if (path === "/readyz")
    return (await edge.ready()) ? end(res, 200, "ok") : end(res, 503, "not ready", { "Retry-After": "5" });
  if (!req.url?.startsWith("/") || req.url.startsWith("//") || !isDecodable(path)) return end(res, 400);
  if (edge.stopping()) return sendFault(req, res, 503);
  if (Number(req.headers["content-length"] ?? 0) > longestBody)
    return end(res, 413, undefined, { Connection: "close" });

  // A demonstration and a bench have one visitor, who may hurry.
  if (searches.test(path) && edge.config.mode === "production" && !process.env.PARVIS_BENCHMARK) {
    const wait = take("search", clientOf(req, edge.config));
    if (wait > 0) return sendWait(req, res, wait);
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, edge.config);
  cleanHeaders(req, edge.config);
  if (req.method === "GET" || req.method === "HEAD") req.headers["content-security-policy"] = policy;

  const note: RequestNote = {
    status: null,
    retryAfter: null,
    links: [],
    form: formOf(req.url),
    typed: null,
    markup: [],
    openGraph: [],
  };
  guardAnswer(edge.config, req, res, policy, note);
  const late = setTimeout(() => !res.headersSent && sendFault(req, res, 503), deadline);
  res.once("close", () => clearTimeout(late));
  await requestNotes().run(note, () => edge.handle(req, res));
}

/** The kept form (`?form=`) that an address names. */
const formOf = (url: string): string | null => new URLSearchParams(url.split("?")[1]).get("form");

/** A path with a lone `%` or half a character is nobody's; Next would answer it with a 500. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function end(res: ServerResponse, status: number, body = "", headers: Record<string, string> = {}): void {
  res
    .writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...headers })
    .end(body);
}

/** The address of whoever asks: the connection's, or what a proxy that we trust says of it. */
function clientOf(req: IncomingMessage, config: Config): string {
  const peer = req.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
  const forwarded = String(req.headers["x-forwarded-for"] ?? "")
    .split(",")
    .at(-1)!
    .trim();
  return config.trustedProxies.includes(peer) && isIP(forwarded) ? forwarded : peer;
}

function cleanHeaders(req: IncomingMessage, config: Config): void {
  const client = clientOf(req, config);
  for (const name of Object.keys(req.headers))
    if (ours.includes(name) || name.startsWith("x-forwarded-")) delete req.headers[name];
  if (config.mode !== "development") for (const name of navigation) delete req.headers[name];
  const { host, protocol } = new URL(config.appUrl);
  req.headers["x-parvis-client"] = client;
  if (wantsActivity(req.headers.accept ?? "")) req.headers["x-parvis-activity"] = "1";
  req.headers["x-forwarded-host"] = host;
  req.headers["x-forwarded-proto"] = protocol.slice(0, -1);
}

export function contentSecurityPolicy(nonce: string, config: Pick<Config, "mode">): string {
  const dev = config.mode === "development";
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Sets our headers, lets a page's note choose the status, and replaces what Next says of its own faults. */
function guardAnswer(
  config: Config,
  req: IncomingMessage,
  res: ServerResponse,
  policy: string,
  note: RequestNote,
): void {
  res.setHeader("X-Content-Type-Options", "nosniff");
  const hidden = secret.test(req.url ?? "");
  res.setHeader("Referrer-Policy", hidden ? "no-referrer" : "same-origin");
  if (hidden) res.setHeader("X-Robots-Tag", "noindex");
  res.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  res.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(self), interest-cohort=()");
  if (config.appUrl.startsWith("https:"))
    res.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  untouched.set(res, { writeHead, end: res.end.bind(res) });
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    const chosen = note.status && status < 400 ? note.status : note.status === 503 ? 503 : status;
    if (chosen >= 400) res.setHeader("Cache-Control", "no-store");
    if (hidden) res.setHeader("Cache-Control", "private, no-store");
    if (note.retryAfter) res.setHeader("Retry-After", String(note.retryAfter));
    if (note.links.length > 0) res.appendHeader("Link", note.links);
    const type = String(res.getHeader("content-type") ?? "");
    const html = type.startsWith("text/html");
    // A page comes whole, and a calendar in pieces that nobody waits for one by one: each is compressed and sent as one.
    if (html || type.startsWith("text/calendar")) (res as { flush?: () => void }).flush = () => {};
    // A page with a policy of its own is one of ours that says what failed, and what had been typed.
    const own = html && res.hasHeader("content-security-policy");
    if (html) {
      if (!own) res.setHeader("Content-Security-Policy", policy);
      res.appendHeader("Vary", "Accept, Accept-Language, Cookie");
    }
    if (chosen >= 500 && !own && (html || chosen === 503)) {
      sendFault(req, res, chosen);
      return res;
    }
    return writeHead(chosen, ...rest);
  }) as typeof res.writeHead;
}

type Untouched = {
  writeHead: (status: number, headers: OutgoingHttpHeaders) => unknown;
  end: (body?: string) => unknown;
};
const faultHeaders = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": faultPolicy,
  "Cache-Control": "no-store",
};
/** How to answer before Next put its compression around it. */
const untouched = new WeakMap<ServerResponse, Untouched>();

/** Whoever goes on writing to an answer that is already sent writes to nobody. */
function silence(res: ServerResponse): void {
  res.write = (() => true) as typeof res.write;
  res.end = (() => res) as typeof res.end;
  res.writeHead = (() => res) as typeof res.writeHead;
  res.setHeader = (() => res) as typeof res.setHeader;
  res.appendHeader = (() => res) as typeof res.appendHeader;
  res.flushHeaders = () => {};
}

/** 429: the same sentence as a form gives. */
function sendWait(req: IncomingMessage, res: ServerResponse, seconds: number): void {
  const locale = negotiate(req.headers["accept-language"]);
  const t = translator(locale);
  const body = faultPage(locale, t("faults.refused"), t("refusals.too-many-requests"));
  res.writeHead(429, { ...faultHeaders, "Retry-After": String(seconds) });
  res.end(req.method === "HEAD" ? undefined : body);
}

function sendFault(req: IncomingMessage, res: ServerResponse, status: number): void {
  const id = randomBytes(6).toString("hex");
  if (status === 500) log("edge").error("An answer failed", { id, path: (req.url ?? "").split("?")[0] });
  const locale = negotiate(req.headers["accept-language"]);
  const t = translator(locale);
  const body =
    status === 503
      ? faultPage(locale, t("faults.awayTitle"), t("faults.away"))
      : faultPage(locale, t("faults.title"), t("faults.text", { id }));
  for (const name of ["Content-Encoding", "Content-Length", "Transfer-Encoding", "ETag", "Link", "x-nextjs-cache"])
    res.removeHeader(name);
  const { writeHead, end } = untouched.get(res) ?? { writeHead: res.writeHead.bind(res), end: res.end.bind(res) };
  writeHead(status, {
    ...faultHeaders,
    ...(status === 503 ? { "Retry-After": "30" } : {}),
  });
  end(req.method === "HEAD" ? undefined : body);
  silence(res);
}
