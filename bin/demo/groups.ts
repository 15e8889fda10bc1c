import { and, eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { createActor } from "#lib/actor/commands.ts";
import { type ActorRow, getActor } from "#lib/actor/queries.ts";
import { createEvent } from "#lib/event/commands.ts";
import { newId } from "#lib/ids.ts";
import { operator } from "#lib/policy/viewer.ts";
import { linkToken, tokenHash } from "#lib/secrets.ts";
import { addDays, dayOf } from "#lib/time.ts";
import { demoAddress } from "./administrator.ts";

const { actors, memberships } = schema;

/** Invented people; any likeness is chance. */
const people = [
  ["ines_moreau", "Inès Moreau"],
  ["bjorn_dahl", "Björn Dahl"],
  ["chloe_petit", "Chloé Petit"],
  ["esra_yildiz", "Esra Yıldız"],
  ["fatou_sarr", "Fatou Sarr"],
  ["giulia_conti", "Giulia Conti"],
  ["hiro_tanaka", "Hiro Tanaka"],
  ["kwame_mensah", "Kwame Mensah"],
  ["lukasz_nowak", "Łukasz Nowak"],
  ["maelle_guen", "Maëlle Guen"],
  ["noor_haddad", "Noor Haddad"],
  ["oscar_vidal", "Óscar Vidal"],
] as const;

type Rule = Partial<Pick<ActorRow, "openness" | "membersShown" | "membersOrganise">>;

/** What the demonstration's account is to each group, and who else is there. */
const groups: Record<string, { demo: string; members: number; rules: Rule; requests?: number }> = {
  atelier_des_ponts: { demo: "administrator", members: 12, rules: { openness: "open", membersShown: true } },
  cine_passerelle: {
    demo: "administrator",
    members: 4,
    rules: { openness: "moderated", membersShown: true },
    requests: 2,
  },
  open_reading_room: { demo: "moderator", members: 6, rules: { openness: "invite_only" } },
  chorale_tilleuls: { demo: "invited", members: 9, rules: { openness: "moderated", membersShown: true } },
};

async function profiles(db: Database): Promise<ActorRow[]> {
  const rows = [];
  for (const [handle, name] of people)
    rows.push((await getActor(db, handle)) ?? (await createActor(db, operator, { handle, name })));
  return rows;
}

/** Lets people organise together: whoever signs in finds groups in every role, requests, an invitation, and an event for members. */
export async function seedGroups(db: Database): Promise<void> {
  const account = await getAccountByEmail(db, demoAddress);
  const [demo] = await db
    .select()
    .from(actors)
    .where(and(eq(actors.accountId, account!.id), eq(actors.type, "Person")));
  const others = await profiles(db);
  for (const [handle, { demo: as, members, rules, requests = 0 }] of Object.entries(groups)) {
    const group = await getActor(db, handle);
    if (!group) continue;
    await db.update(actors).set(rules).where(eq(actors.id, group.id));
    const since = (days: number) => new Date(Date.now() - days * 86_400_000);
    const rows = others.slice(0, members + requests).map(({ id: memberId }, at) => ({
      ...{
        id: newId(),
        groupId: group.id,
        memberId,
        role: at === 0 ? "administrator" : at === 1 ? "moderator" : "member",
      },
      ...(at < members
        ? { state: "member", joinedAt: since(200 - at * 11), shown: at % 4 !== 3 }
        : { role: "member", state: "requested", message: "I have never missed a screening." }),
    }));
    const id = newId();
    const mine = { id, groupId: group.id, memberId: demo!.id };
    const own =
      as === "invited"
        ? {
            ...{ ...mine, state: "invited", invitedById: others[0]!.id, expiresAt: since(-14) },
            tokenHash: tokenHash(linkToken("membership", id, 0)),
          }
        : { ...mine, state: "member", role: as, joinedAt: since(210), shown: true };
    await db
      .insert(memberships)
      .values([own, ...rows])
      .onConflictDoNothing();
  }
  const atelier = await getActor(db, "atelier_des_ponts");
  const day = addDays(dayOf(new Date(), "Europe/Paris"), 5);
  await createEvent(db, operator, atelier!.id, {
    ...{ state: "published", visibility: "members", language: "fr", timezone: "Europe/Paris" },
    name: "Réunion des bénévoles",
    content: "Le planning de l’hiver, la caisse, et qui a vu la clé de 13. **Entre nous.**",
    startWall: `${day}T19:30:00`,
    endWall: `${day}T21:00:00`,
  });
}
