import { and, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { lockByToken } from "../commands.ts";
import { releaseSeats } from "../waiting-list/commands.ts";

const { answers, events, instance, participations } = schema;

/** Everything that says who somebody is, and the link that knew them. The row stays, so that counts hold. */
const nobody = {
  email: null,
  emailKey: null,
  name: "",
  showName: false,
  message: "",
  // What another server called it names whose it was; of our own it is needed to give the place back.
  uri: sql`case when ${participations.source} = 'account' then ${participations.uri} end`,
  tokenHash: null,
  formId: null,
  actorId: null,
  erasedAt: sql`now()`,
  updatedAt: sql`now()`,
};

/** "Delete my data now": address, name, message and answers go for good, the seats are free, the link is dead. */
export async function eraseParticipation(db: Database, token: string): Promise<void> {
  await transact(db, async (tx) => {
    const { row, event } = await lockByToken(tx, token);
    if (row.state === "unconfirmed") {
      await tx.delete(participations).where(eq(participations.id, row.id));
      return;
    }
    if (row.state === "accepted") await releaseSeats(tx, event.id, 1 + row.guests);
    // Whose server believes that they come is told that they do not; who it was is forgotten then (`answerParticipations`).
    const untold = row.source === "join" && row.answered !== "left";
    await erase(tx, [row.id], {
      state: "left",
      leftAt: sql`coalesce(${participations.leftAt}, now())`,
      expiresAt: null,
      ...(untold ? { uri: row.uri, actorId: row.actorId } : {}),
    });
    if (untold) await enqueue(tx, "participation-answers", {}, { once: row.id });
  });
}

/** Removes requests that nobody confirmed in their 48 hours. By index `participations_dead`. */
export async function expireParticipations(db: Database): Promise<void> {
  await db
    .delete(participations)
    .where(and(eq(participations.state, "unconfirmed"), lt(participations.expiresAt, sql`now()`)));
}

/** Erases who took part in events that ended as many days ago as the host keeps addresses. Seats stay as they were. */
export async function eraseAddresses(db: Database): Promise<void> {
  for (;;) {
    const done = await transact(db, async (tx) => {
      // By index `participations_addresses`, joined to the events by their key.
      const rows = await tx
        .select({ id: participations.id })
        .from(participations)
        .innerJoin(events, eq(events.id, participations.eventId))
        .innerJoin(instance, eq(instance.id, 1))
        .where(
          and(
            isNotNull(participations.emailKey),
            sql`${events.endTime} < now() - ${instance.addressRetentionDays} * interval '1 day'`,
          ),
        )
        .limit(500)
        .for("update", { of: participations, skipLocked: true });
      if (rows.length > 0)
        await erase(
          tx,
          rows.map(({ id }) => id),
        );
      return rows.length < 500;
    });
    if (done) return;
  }
}

async function erase(
  tx: Transaction,
  ids: string[],
  state: PgUpdateSetSource<typeof participations> = {},
): Promise<void> {
  await tx.delete(answers).where(inArray(answers.participationId, ids));
  await tx
    .update(participations)
    .set({ ...nobody, ...state })
    .where(inArray(participations.id, ids));
}
