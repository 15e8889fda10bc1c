import { domainToASCII } from "node:url";

export type Shared = { name: string; url: string; text: string };
export type ShareTarget = "bluesky" | "facebook" | "x" | "whatsapp" | "telegram" | "linkedin" | "mail";

const e = encodeURIComponent;

const templates: Record<ShareTarget, (shared: Shared) => string> = {
  facebook: ({ url }) => `https://www.facebook.com/sharer/sharer.php?u=${e(url)}`,
  x: ({ text, url }) => `https://x.com/intent/post?text=${e(text)}&url=${e(url)}`,
  // At most 300 characters with the address in it.
  bluesky: ({ text, url }) => `https://bsky.app/intent/compose?text=${e(cut(text, 299 - url.length))}%20${e(url)}`,
  whatsapp: ({ text, url }) => `https://wa.me/?text=${e(text)}%20${e(url)}`,
  telegram: ({ text, url }) => `https://t.me/share/url?url=${e(url)}&text=${e(text)}`,
  linkedin: ({ url }) => `https://www.linkedin.com/sharing/share-offsite/?url=${e(url)}`,
  mail: ({ name, text, url }) => `mailto:?subject=${e(name)}&body=${e(text)}%0D%0A${e(url)}`,
};

/** Names of the services, as they write themselves; mail has a word of each language. */
export const shareNames: Record<Exclude<ShareTarget, "mail">, string> = {
  bluesky: "Bluesky",
  facebook: "Facebook",
  x: "X",
  whatsapp: "WhatsApp",
  telegram: "Telegram",
  linkedin: "LinkedIn",
};

const cut = (text: string, length: number) => {
  if (text.length <= length) return text;
  const parts = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return parts.length <= length ? text : `${parts.slice(0, Math.max(0, length - 1)).join("")}…`;
};

/** Plain links that share an event; nothing of the services is loaded. Text is cut at 500 characters. */
export const shareLink = (target: ShareTarget, shared: Shared): string =>
  templates[target]({ ...shared, text: cut(shared.text, 500) });

/** The compose page of somebody's own Mastodon server; null when `server` is no host name. */
export function mastodonShare(server: string, { text, url }: Shared): { host: string; href: string } | null {
  const typed = server.trim().toLowerCase();
  // Also `https://host/@me` and `@me@host`; names in other scripts as they stand in the network.
  const host = domainToASCII(
    typed
      .replace(/^https?:\/\//, "")
      .replace(/[/?#\\].*$/, "")
      .replace(/^@?[^@\s]*@/, ""),
  );
  if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host) || host.length > 253) return null;
  return { host, href: `https://${host}/share?text=${e(cut(text, 400))}%20${e(url)}` };
}
