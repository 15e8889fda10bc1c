import { cookies } from "next/headers";

/** Keeps somebody's address on their own server, where they ticked that it may. */
export const ownServerCookie = "own_server";

/** The address that this browser remembers; empty without one. */
export async function rememberedAddress(): Promise<string> {
  const kept = (await cookies()).get(ownServerCookie)?.value ?? "";
  try {
    return decodeURIComponent(kept).slice(0, 320);
  } catch {
    return "";
  }
}
