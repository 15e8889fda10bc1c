import { z } from "zod";

const to = z.array(z.string().max(1000)).max(50);

/** What a provider tells of a mail of ours, as far as it concerns us: that an address takes none, or wants none. */
const returned = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("email.bounced"),
    data: z.object({ to, bounce: z.object({ type: z.string().max(40) }) }),
  }),
  z.object({ type: z.literal("email.complained"), data: z.object({ to }) }),
]);

type Returned = { to: string[]; reason: "bounce" | "complaint" };

/** What came back, and from where; null for all else that a provider tells: mail that arrived, or that is still tried. */
export function readReturned(body: string): Returned | null {
  let told: unknown;
  try {
    told = JSON.parse(body);
  } catch {
    return null;
  }
  const parsed = returned.safeParse(told);
  if (!parsed.success) return null;
  const { type, data } = parsed.data;
  if (type === "email.complained") return { to: data.to, reason: "complaint" };
  return data.bounce.type === "Permanent" ? { to: data.to, reason: "bounce" } : null;
}
