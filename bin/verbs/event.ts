import { Argument, type Command, Option } from "commander";
import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { type Db, schema } from "#db/client.ts";
import { getActor } from "#lib/actor/queries.ts";
import { type Changed, cancelEvent, deleteEvent } from "#lib/event/commands.ts";
import { isId } from "#lib/ids.ts";
import { clock, shortDate } from "#lib/locale/dates.ts";
import { countToldParticipations } from "#lib/notification/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute, eventPath } from "#lib/urls.ts";
import { changeVerb } from "./change.ts";
import { answer, atDesk, locale, parsed, t } from "./desk.ts";
import { importVerb } from "./import.ts";

const { events, places, actors } = schema;

/** An event with its place and organiser, for the operator's eyes. @throws Refusal not-found */
export async function showEvent(db: Db, id: string) {
  const [row] = isId(id)
    ? await db
        .select({ event: events, place: places, organizer: actors.handle })
        .from(events)
        .innerJoin(actors, eq(actors.id, events.organizerId))
        .leftJoin(places, eq(places.id, events.placeId))
        .where(eq(events.id, id))
    : [];
  if (!row) throw new Refusal("not-found");
  const { search, listed, ...event } = row.event;
  return { ...event, organizer: row.organizer, place: row.place, url: absolute(eventPath(id)) };
}

/** How many people are told of a change that was made. */
export const countTold = async (db: Db, id: string, changed: Changed): Promise<number> =>
  changed.tellAt ? countToldParticipations(db, id, changed) : 0;

/** How many people are told, and when: in words, for the operator's clock. */
export function tellingLine({ tellAt }: Changed, count: number): string {
  if (!tellAt) return t("operator.toldNobody");
  const soon = tellAt.getTime() - Date.now() < 60_000;
  const time = clock(locale, tellAt, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return t("operator.told", { count, when: soon ? t("operator.toldNow") : t("operator.toldAt", { time }) });
}

type ListOptions = { organizer?: string; past?: boolean; limit: string; json?: boolean };

const most = z.object({
  limit: z.coerce.number("number-invalid").int("number-invalid").min(1, "number-invalid").max(1_000, "number-invalid"),
});

async function list({ organizer, past, json, ...rest }: ListOptions): Promise<void> {
  const { limit } = parsed(most, rest);
  await atDesk(async ({ db }) => {
    const actor = organizer ? await getActor(db, organizer) : null;
    if (organizer && !actor) throw new Refusal("organizer-unknown", { field: "--organizer" });
    const { id, name, startTime, timezone, allDay, state, status, locality, seatsTaken } = events;
    const rows = await db
      .select({ id, name, startTime, timezone, allDay, state, status, locality, seatsTaken })
      .from(events)
      .where(
        and(
          actor ? eq(events.organizerId, actor.id) : events.listed,
          past ? undefined : gt(events.endTime, new Date()),
        ),
      )
      .orderBy(asc(startTime), asc(id))
      .limit(limit);
    const lines = rows.map((row) =>
      [
        row.id,
        shortDate(locale, row),
        row.name,
        row.locality,
        row.status !== "confirmed" && row.status,
        row.state !== "published" && row.state,
      ]
        .filter(Boolean)
        .join("  "),
    );
    answer(json, rows, lines.length > 0 ? lines : t("operator.listNone"));
  });
}

async function show(id: string, { json }: { json?: boolean }): Promise<void> {
  await atDesk(async ({ db }) => {
    const event = await showEvent(db, id);
    const value = (one: unknown) =>
      one instanceof Date ? one.toISOString() : typeof one === "object" ? JSON.stringify(one) : String(one);
    const known = Object.entries(event).filter(
      ([, one]) => one !== null && one !== "" && !(Array.isArray(one) && one.length === 0),
    );
    answer(
      json,
      event,
      known.map(([name, one]) => `${name.padEnd(24)} ${value(one)}`),
    );
  });
}

/** Ends an event one way or the other, and says whom that concerns. */
async function end(
  id: string,
  json: boolean | undefined,
  sentence: "operator.cancelled" | "operator.deleted",
  act: (db: Parameters<typeof cancelEvent>[0]) => Promise<Changed>,
): Promise<void> {
  await atDesk(async ({ db }) => {
    const { name } = await showEvent(db, id);
    const changed = await act(db);
    const told = await countTold(db, id, changed);
    answer(json, { id, ...changed, told }, [t(sentence, { name }), tellingLine(changed, told)]);
  });
}

export function eventVerbs(program: Command): void {
  const event = program.command("event").description(t("operator.event"));
  const json = () => new Option("--json", t("operator.json"));
  const id = () => new Argument("<id>", t("operator.eventId"));
  importVerb(event);
  event
    .command("list")
    .description(t("operator.eventList"))
    .option("--organizer <handle>", t("operator.listOrganizer"))
    .option("--past", t("operator.listPast"))
    .option("--limit <count>", t("operator.listLimit"), "50")
    .addOption(json())
    .action(list);
  event.command("show").description(t("operator.eventShow")).addArgument(id()).addOption(json()).action(show);
  changeVerb(event);
  event
    .command("cancel")
    .description(t("operator.eventCancel"))
    .addArgument(id())
    .option("--message <text>", t("operator.cancelMessage"), "")
    .addOption(json())
    .action((eventId: string, options: { message: string; json?: boolean }) => {
      if (options.message.length > 2000) throw new Refusal("too-long", { field: "--message" });
      return end(eventId, options.json, "operator.cancelled", (db) =>
        cancelEvent(db, operator, eventId, options.message),
      );
    });
  event
    .command("delete")
    .description(t("operator.eventDelete"))
    .addArgument(id())
    .addOption(json())
    .action((eventId: string, options: { json?: boolean }) =>
      end(eventId, options.json, "operator.deleted", (db) => deleteEvent(db, operator, eventId)),
    );
}
