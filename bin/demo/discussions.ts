import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { getActor } from "#lib/actor/queries.ts";
import { resolveMentions } from "#lib/discussion/mention/queries.ts";
import { newId } from "#lib/ids.ts";
import { demoAddress } from "./administrator.ts";

const { discussionMessages, discussionReaders, discussions } = schema;

type Said = {
  by: string;
  /** Hours ago. */
  ago: number;
  text: string;
  /** Which message of the discussion it answers, from 0. */
  answers?: number;
};

type Talk = { name: string; pinned?: boolean; locked?: boolean; read?: boolean; said: Said[] };

/** What the members of the repair workshop have to say to each other. */
const talks: Talk[] = [
  {
    name: "Le planning de l’hiver",
    said: [
      {
        by: "ines_moreau",
        ago: 74,
        text: "Il nous manque deux personnes à l’accueil pour **décembre** :\n\n- samedi 12, de 14 h à 18 h\n- samedi 19, de 14 h à 18 h\n\nQui peut ? @demo, tu serais là le 19 ?",
      },
      { by: "kwame_mensah", ago: 71, text: "Le 12, c’est pour moi." },
      {
        by: "demo",
        ago: 50,
        text: "Le 19 me va. J’apporte aussi la grande bouilloire : la petite a rendu l’âme.",
        answers: 0,
      },
      { by: "maelle_guen", ago: 9, text: "Et pour janvier ? Je peux tenir tous les samedis, sauf le 16.", answers: 1 },
      { by: "bjorn_dahl", ago: 2, text: "Parfait. J’inscris tout ça sur le tableau du fond." },
    ],
  },
  {
    name: "Où sont les choses (à lire en arrivant)",
    pinned: true,
    locked: true,
    read: true,
    said: [
      {
        by: "ines_moreau",
        ago: 900,
        text: "La clé : chez la boulangère, au nom de l’atelier.\nLe compteur : derrière le rideau bleu.\nLes pièces de rechange : étagère **C**, jamais la **B**.",
      },
    ],
  },
  {
    name: "Qui a vu la clé de 13 ?",
    read: true,
    said: [
      { by: "giulia_conti", ago: 200, text: "Elle n’est plus au mur depuis mardi." },
      { by: "oscar_vidal", ago: 199, text: "Dans ma sacoche. Toutes mes excuses, je la rapporte samedi." },
    ],
  },
];

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** Lets the members of a group of the demonstration discuss: one thing is new to whoever signs in, one pinned and locked. */
export async function seedDiscussions(db: Database): Promise<void> {
  const account = await getAccountByEmail(db, demoAddress);
  const group = await getActor(db, "atelier_des_ponts");
  if (!group || (await db.$count(discussions, eq(discussions.groupId, group.id))) > 0) return;
  for (const { said, read = false, ...talk } of talks) {
    const id = newId();
    const speakers = await Promise.all(said.map(async ({ by }) => (await getActor(db, by))!.id));
    const messageAt = hoursAgo(said.at(-1)!.ago);
    const opened = { groupId: group.id, actorId: speakers[0]!, createdAt: hoursAgo(said[0]!.ago) };
    await db.insert(discussions).values({ ...talk, ...opened, id, messageAt });
    const ids = said.map(() => newId());
    for (const [at, { text, ago, answers }] of said.entries())
      await db.insert(discussionMessages).values({
        ...{ id: ids[at]!, discussionId: id, actorId: speakers[at]!, content: text, language: "fr" },
        quotedId: answers === undefined ? null : ids[answers]!,
        mentions: await resolveMentions(db, text),
        createdAt: hoursAgo(ago),
      });
    const readAt = read ? messageAt : hoursAgo(50);
    await db.insert(discussionReaders).values({ discussionId: id, accountId: account!.id, readAt });
  }
}
