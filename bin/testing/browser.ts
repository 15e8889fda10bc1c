import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from "playwright-core";
import type { Locale } from "#lib/locale/index.ts";

/** Where its own letters are: the package says `/tmp/fonts`, and Chromium without one font ends itself now and then. */
const fontConfiguration = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${home}/fonts/fonts</dir><cachedir>${home}/cache</cachedir></fontconfig>
`;

/**
 * The Chromium that came by npm, unpacked once for this user and version with its fonts. The package itself unpacks to
 * one shared place under a mode that only its first user can run, and not atomically.
 */
async function unpackedChromium(): Promise<string> {
  const main = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const { version } = JSON.parse(readFileSync(join(dirname(main), "..", "package.json"), "utf8"));
  const home = join(tmpdir(), `parvis-browser-${version}-${userInfo().uid}`);
  if (!existsSync(home)) {
    const { default: packed } = await import("@sparticuz/chromium");
    const aside = mkdtempSync(join(tmpdir(), "parvis-browser-"));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = aside;
    await packed.executablePath().finally(() => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    });
    writeFileSync(join(aside, "fonts.conf"), fontConfiguration(home));
    try {
      renameSync(aside, home);
    } catch (error) {
      if (!existsSync(home)) throw error;
      rmSync(aside, { recursive: true, force: true });
    }
  }
  return home;
}

/**
 * A browser with its web security as people have it; only the sandbox is off, for root and for containers.
 * `CHROMIUM_PATH` names another than the one that came by npm.
 */
export async function openBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  const home = named ? null : await unpackedChromium();
  return chromium.launch({
    executablePath: named ?? join(home!, "chromium"),
    // Names but this machine's own are not even asked for.
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
    ],
    env: { ...process.env, ...(home ? { FONTCONFIG_PATH: home } : {}) } as Record<string, string>,
  });
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}

export type Circumstances = {
  script?: boolean;
  locale?: Locale;
  width?: 320 | 360 | 1200;
  theme?: "light" | "dark";
  /** Console lines that this visit provokes: a page with status 404 is one. */
  expected?: RegExp[];
};

/** Somebody with a fresh browser. `leave` fails when anything happened that must never happen. */
export type Visitor = {
  page: Page;
  context: BrowserContext;
  faults: string[];
  leave: () => Promise<void>;
};

/** A fresh context at `origin` that takes note of requests to elsewhere, console errors, CSP violations and page errors. */
export async function visitor(
  browser: Browser,
  origin: string,
  { script = true, locale = "en", width = 1200, theme = "light", expected = [] }: Circumstances = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled: script,
    locale: locale === "fr" ? "fr-FR" : "en-GB",
    viewport: { width, height: width < 600 ? 740 : 900 },
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  const faults: string[] = [];
  const note = (fault: string) => {
    if (!expected.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  // Watched, not routed: a routed context has no cache, and every page would fetch and compile all scripts anew.
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !/^(data|blob|about):$/.test(url.protocol))
      note(`request to elsewhere: ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error" || /Content Security Policy/i.test(message.text()))
      note(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => note(`page error: ${error.error()}`));
  const page = await context.newPage();
  const leave = async () => {
    await context.close();
    if (faults.length > 0) throw new Error(`In the browser:\n${faults.join("\n")}`);
  };
  return { page, context, faults, leave };
}

/**
 * Presses what leads to another document, and waits until that is there. Not for a navigation, which Next also tells when
 * it wakes: on a busy machine that is after the click.
 */
export async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.click(selector)]);
}

/** What makes the page wider than the window, and the controls that are wider than their place. Empty: all fits. */
export async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const right = (element: Element | null) => element?.getBoundingClientRect().right ?? 0;
    const wide = [...document.querySelectorAll("body *")].filter((element) =>
      element.matches("input:not([type=hidden], .sr-only), select, textarea, button")
        ? right(element) > right(element.parentElement) + 0.5
        : scrollWidth > clientWidth && right(element) > clientWidth + 0.5,
    );
    return wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
  });
}

/** What another theme of the same page may break. */
const colours = ["color-contrast", "link-in-text-block"];
/** What another width or language of it may break, too. */
const layout = [...colours, "target-size", "scrollable-region-focusable", "button-name", "link-name", "label"];
const guises = { colours, layout };

/** Gives a document axe, once: half a megabyte that costs more to read than many a page to judge. */
async function equip(frame: Frame): Promise<void> {
  if (await frame.evaluate("'axe' in window")) return;
  await frame.evaluate(axe.source);
  await frame.evaluate(() => window.axe.configure({ allowedOrigins: ["<same_origin>"] }));
}

/**
 * WCAG 2.2 A and AA violations and best practices, as one line each: rule, how often, first element. Empty: none. With
 * `only`, of those rules alone that the same page may break in another guise.
 */
export async function axeViolations(page: Page, { only }: { only?: keyof typeof guises } = {}): Promise<string[]> {
  for (const frame of page.frames()) await equip(frame);
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), {
    resultTypes: ["violations"],
    ...(only ? { runOnly: { type: "rule", values: guises[only] } } : {}),
  } satisfies axe.RunOptions);
  return violations.map(({ id, nodes }) => `${id} × ${nodes.length}: ${nodes[0]?.html.slice(0, 200)}`);
}

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // How React writes: `async=""`, `<!DOCTYPE html>`, self-closed void elements, `&#x27;`.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "void-style": "off",
    "no-raw-characters": "off",
    // A title may be as long as an event's name.
    "long-title": "off",
    // React moves <link> and <script> where it needs them; a nonce is always there by the header's test.
    "require-sri": "off",
  },
});

/** What is wrong with a page's HTML by the standard, as "rule line: message". Empty: nothing. */
export async function htmlFaults(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => {
      const context = html.split("\n")[line - 1]?.slice(Math.max(0, column - 40), column + 80);
      return `${ruleId}: ${message} … ${context}`;
    }),
  );
}
