/** Somebody's browser without a screen: keeps cookies, follows no redirect by itself, sends forms as browsers do. */
export class Client {
  readonly cookies = new Map<string, string>();
  readonly setCookies: string[] = [];
  readonly origin: string;
  constructor(origin: string) {
    this.origin = origin;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    // Not packed: most pages are asked for by the thousand.
    const said = { "accept-language": "en", "accept-encoding": "identity", "user-agent": "Firefox/140 Linux" };
    const headers = { ...said, ...(cookie ? { cookie } : {}) };
    const url = new URL(path, this.origin);
    const answer = await fetch(url, { redirect: "manual", ...init, headers: { ...headers, ...init.headers } });
    for (const line of answer.headers.getSetCookie()) {
      this.setCookies.push(line);
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** The hidden fields of the form on a page that posts to `action`. */
  async form(page: string, action: string): Promise<Record<string, string>> {
    const html = await (await this.ask(page)).text();
    const [, inner] = html.split(`action="${action}"`);
    if (!inner) throw new Error(`${page} has no form for ${action}`);
    const inputs = inner.split("</form>")[0]!.matchAll(/<input[^>]*type="hidden"[^>]*>/g);
    return Object.fromEntries(
      [...inputs].map(([tag]) => [/name="([^"]*)"/.exec(tag)![1]!, /value="([^"]*)"/.exec(tag)?.[1] ?? ""]),
    );
  }

  /** Sends fields to a path, as a browser does from a page of ours; `headers` replace what it says of itself. */
  send(action: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return this.ask(action, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { origin: this.origin, "sec-fetch-site": "same-origin", ...headers },
    });
  }

  /** Opens a page and sends its form, filled in, no faster than people do. */
  async fill(page: string, action: string, fields: Record<string, string> = {}): Promise<Response> {
    const hidden = await this.form(page, action);
    await new Promise((resolve) => setTimeout(resolve, 600));
    return this.send(action, { ...hidden, ...fields });
  }
}
