import { ensureBuilt } from "../build.ts";

/** Journeys run against the production build. */
export default async function setup() {
  await ensureBuilt();
}
