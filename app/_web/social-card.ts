import { drawSocialCard, type SocialCard } from "#lib/formats/social-card.ts";

const kept = new Map<string, Promise<Buffer>>();
const most = 200;
let busy: Promise<unknown> = Promise.resolve();

/** Drawn once for what it shows, one after the other: each takes a tenth of a second. The last two hundred stay in memory. */
function drawn(card: SocialCard): Promise<Buffer> {
  const key = JSON.stringify(card);
  let found = kept.get(key);
  if (!found) {
    found = busy.then(() => drawSocialCard(card));
    busy = found.catch(() => kept.delete(key));
  }
  kept.delete(key);
  kept.set(key, found);
  if (kept.size > most) kept.delete(kept.keys().next().value!);
  return found;
}

/** A social card as the answer to its address. `current`: it is the address of what it shows now, and never changes under it. */
export async function answerCard(card: SocialCard, { current }: { current: boolean }): Promise<Response> {
  const body = await drawn(card);
  return new Response(new Uint8Array(body), {
    headers: {
      "Content-Type": "image/png",
      "Cache-Control": current ? "public, max-age=31536000, immutable" : "public, max-age=300",
      "Content-Length": String(body.length),
    },
  });
}
