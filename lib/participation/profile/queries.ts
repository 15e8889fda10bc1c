import { and, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { addressKey, linkToken } from "#lib/secrets.ts";

const { accounts, participations } = schema;

/** What is somebody's: by one of their profiles, or by the address that they have proven. */
export const ownedBy = (actorIds: string[], emailKey: Buffer): SQL =>
  or(inArray(participations.actorId, actorIds), eq(participations.emailKey, emailKey))!;

/** How whoever is signed in stands to an event of this server. */
export type OwnPlace = {
  /** Whether a mail of ours has proven the account's address: until then one takes part by it, like anybody. */
  proven: boolean;
  state: string | null;
  name: string;
  guests: number;
  /** Of the page to change it or leave. */
  token: string | null;
};

/** By primary key, `participations_actor` and `participations_address`; requests that nobody confirmed are none. */
export async function getOwnPlace(
  db: Db,
  eventId: string,
  { viewer, email }: { viewer: AccountViewer; email: string },
): Promise<OwnPlace> {
  const [row] = await db
    .select({
      proven: isNotNull(accounts.confirmedAt) as SQL<boolean>,
      id: participations.id,
      state: participations.state,
      name: participations.name,
      guests: participations.guests,
      generation: participations.tokenGeneration,
      linked: sql<boolean>`${participations.tokenHash} is not null`,
    })
    .from(accounts)
    .leftJoin(
      participations,
      and(
        eq(participations.eventId, eventId),
        ownedBy(viewer.actorIds, addressKey(email)),
        isNotNull(accounts.confirmedAt),
        sql`${participations.state} not in ('unconfirmed', 'left')`,
      ),
    )
    .where(eq(accounts.id, viewer.accountId));
  const { proven = false, id, generation, linked } = row ?? {};
  return {
    proven,
    state: row?.state ?? null,
    name: row?.name ?? "",
    guests: row?.guests ?? 0,
    token: id && linked ? linkToken("participation", id, generation ?? 0) : null,
  };
}
