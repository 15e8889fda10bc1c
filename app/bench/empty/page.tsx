import { notFound } from "next/navigation";
import { getConfig } from "#lib/config.ts";

/** Nothing, in the frame of every page: what Next itself costs. There only while `npm run bench` measures. */
export default function EmptyPage() {
  if (!getConfig().benchmark) notFound();
  return <h1>Empty</h1>;
}
