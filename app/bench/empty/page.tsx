import { absent } from "#app/_web/absent.tsx";
import { getConfig } from "#lib/config.ts";

/** Nothing, in the frame of every page: what Next itself costs. There only while `npm run bench` measures. */
export default function EmptyPage() {
  if (!getConfig().benchmark) return absent();
  return <h1>Empty</h1>;
}
