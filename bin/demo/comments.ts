import { eq, sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import { getActor } from "#lib/actor/queries.ts";
import { resolveMentions } from "#lib/discussion/mention/queries.ts";
import { newId } from "#lib/ids.ts";
import { operator } from "#lib/policy/viewer.ts";

const { actors, comments, events } = schema;

/** Invented people who say something, here and on a server that there is not. */
const people = [
  { handle: "ines", name: "Inês Duarte" },
  { handle: "kwame", name: "Kwame" },
  { handle: "jonas_w", name: "Jonas Weber" },
  { handle: "bertille", name: "Bertille", host: "fils.example" },
  { handle: "margit", name: "Margit", host: "mobilizon.example" },
];

type Said = {
  /** The event's name. */
  under: string;
  by: string;
  /** Hours ago. */
  ago: number;
  lang: string;
  text: string;
  state?: "waiting" | "deleted";
  replies?: Omit<Said, "under" | "replies">[];
};

const said: Said[] = [
  {
    under: "Repair café du samedi",
    by: "ines",
    ago: 52,
    lang: "fr",
    text: "Auriez-vous de quoi réparer une machine à coudre **Singer** des années 60 ? Il lui manque la courroie.",
    replies: [
      {
        by: "atelier_des_ponts",
        ago: 50,
        lang: "fr",
        text: "Oui @ines : trois courroies, et quelqu’un qui les aime. Passe plutôt avant 16 h.",
      },
      {
        by: "bertille",
        ago: 31,
        lang: "fr",
        text: "<p>J’en ai une de rechange, je l’apporte&nbsp;! À samedi.</p>",
      },
    ],
  },
  {
    under: "Repair café du samedi",
    by: "kwame",
    ago: 20,
    lang: "und",
    text: "",
    state: "deleted",
    replies: [{ by: "atelier_des_ponts", ago: 18, lang: "fr", text: "Deux, sans souci. L’une après l’autre." }],
  },
  {
    under: "Silent reading, loud tea",
    by: "kwame",
    ago: 70,
    lang: "en",
    text: "Is there a shelf where one can leave a book that one has finished?",
    replies: [{ by: "open_reading_room", ago: 69, lang: "en", text: "The blue one by the door. Take one, too." }],
  },
  {
    under: "Silent reading, loud tea",
    by: "margit",
    ago: 26,
    lang: "de",
    text: "<p>Ich bin zu Besuch in Edinburgh und bringe Scones mit. Für wie viele?</p>",
  },
  {
    under: "Silent reading, loud tea",
    by: "ines",
    ago: 3,
    lang: "en",
    text: "Would anybody mind if I read aloud, very quietly, in a corner? It is for a recording.",
    state: "waiting",
  },
  {
    under: "Klettern für Leute, die noch nie geklettert sind",
    by: "jonas_w",
    ago: 12,
    lang: "de",
    text: "Gibt es Schuhe zum Leihen in Größe 48? Ich frage für *einen Freund*.",
    replies: [{ by: "kletterfreunde", ago: 11, lang: "de", text: "Bis 49. Der Freund möge kommen." }],
  },
];

/** Lets people talk under some of the demonstration's events: one waits for approval, some are on another server. */
export async function talk(db: Database, made: { id: string; entry: { name: string } }[]): Promise<void> {
  for (const { host, ...person } of people)
    if (host)
      await db
        .insert(actors)
        .values({ ...person, id: newId(), type: "Person", host, uri: `https://${host}/users/${person.handle}` })
        .onConflictDoNothing();
    else if (!(await getActor(db, person.handle))) await createActor(db, operator, { type: "Person", ...person });
  const known = await db.select({ id: actors.id, handle: actors.handle, host: actors.host }).from(actors);
  for (const { replies = [], under, ...first } of said) {
    const eventId = made.find(({ entry }) => entry.name === under)?.id;
    if (!eventId) continue;
    const root = { id: newId(), at: hoursAgo(first.ago) };
    for (const [index, one] of [first, ...replies].entries()) {
      const actor = known.find(({ handle }) => handle === one.by)!;
      const id = index === 0 ? root.id : newId();
      const away = actor.host ? `https://${actor.host}/notes/${id}` : null;
      await db.insert(comments).values({
        ...{ id, eventId, actorId: actor.id, threadId: root.id, threadAt: root.at, uri: away, url: away },
        content: one.text,
        mediaType: away ? "text/html" : "text/markdown",
        language: one.lang,
        mentions: await resolveMentions(db, one.text),
        state: one.state ?? "published",
        createdAt: index === 0 ? root.at : hoursAgo(one.ago),
        deletedAt: one.state === "deleted" ? sql`now()` : null,
      });
      if (one.state === "waiting") await db.update(events).set({ comments: "moderated" }).where(eq(events.id, eventId));
    }
  }
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
