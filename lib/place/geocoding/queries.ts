import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "#db/client.ts";
import { type GeocoderConfig, getConfig } from "#lib/config.ts";
import { spend } from "#lib/limits/commands.ts";
import { providerFetch } from "#lib/outbound/provider.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { PlaceInput } from "../input.ts";
import { addok } from "./addok.ts";
import type { Geocoder } from "./features.ts";
import { nominatim } from "./nominatim.ts";
import { photon } from "./photon.ts";

const geocoders: Record<GeocoderConfig["kind"], Geocoder> = { nominatim, photon, addok };

/** Milliseconds: how long an answer is believed, how long one is waited for, how far apart questions leave. */
const times = { kept: 24 * 3_600_000, answer: 5_000, apart: 1_000 };
const [mostKept, mostWaiting] = [500, 5];

type Held = { answers: Map<string, { at: number; places: PlaceInput[] }>; turn: Promise<unknown>; waiting: number };
const slot = Symbol.for("parvis.geocoding");
const process_ = globalThis as { [slot]?: Held };
const held = () => (process_[slot] ??= { answers: new Map(), turn: Promise.resolve(), waiting: 0 });

/** The host of the service that addresses are looked up at, for people to know; null: there is none. */
export const geocoderHost = (): string | null => {
  const { geocoder } = getConfig();
  return geocoder && new URL(geocoder.url).host;
};

/**
 * The places that somebody may mean by `words`, best first, five at most, from the service that the host chose. Questions
 * leave one at a time and a second apart; answers are remembered for a day, in memory.
 * @throws Refusal geocoder-away, address-unknown, too-many-requests
 */
export async function findPlaces(
  db: Db,
  viewer: AccountViewer,
  words: string,
  language: string,
): Promise<PlaceInput[]> {
  const { geocoder } = getConfig();
  if (!geocoder) throw new Refusal("geocoder-away");
  const asked = words.replace(/\s+/g, " ").trim().slice(0, 300);
  if (!asked) throw new Refusal("address-unknown");
  const { answers } = held();
  const key = [geocoder.kind, geocoder.url, language, asked.toLowerCase()].join("\n");
  const known = answers.get(key);
  const fresh = known && Date.now() - known.at < times.kept ? known.places : null;
  if (!fresh) {
    await spend(db, "geocode", viewer.accountId);
    await spend(db, "geocode-server", "geocode");
  }
  const places = fresh ?? (await inTurn(() => ask(geocoder, asked, language)));
  answers.delete(key);
  answers.set(key, { at: fresh ? known!.at : Date.now(), places });
  if (answers.size > mostKept) answers.delete(answers.keys().next().value!);
  if (places.length === 0) throw new Refusal("address-unknown");
  return places;
}

async function ask({ kind, url }: GeocoderConfig, words: string, language: string): Promise<PlaceInput[]> {
  try {
    const read = providerFetch(url, { within: times.answer });
    const answer = await read(geocoders[kind].ask(new URL(url), words, language));
    if (!answer.ok) throw new Error(`It answers ${answer.status}.`);
    return geocoders[kind].read(await answer.json());
  } catch {
    // Whatever goes wrong there is none of the organiser's business, and none of ours: the form works without it.
    throw new Refusal("geocoder-away");
  }
}

/** Public services ask for one question a second at most, and lock out who does not keep to it. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const state = held();
  if (state.waiting >= mostWaiting) throw new Refusal("geocoder-away");
  state.waiting++;
  const done = state.turn.then(work).finally(() => state.waiting--);
  state.turn = done.catch(() => {}).then(() => sleep(times.apart, undefined, { ref: false }));
  return done;
}
