import { type Db, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorInput } from "./input.ts";
import type { ActorRow } from "./queries.ts";

/**
 * Makes a person or a group of this server. A handle is never given twice, also after its owner is gone.
 * An account makes profiles for itself alone; the operator for anybody, or without an account.
 * @throws Refusal forbidden, handle-taken.
 */
export async function createActor(db: Db, viewer: Viewer, input: ActorInput): Promise<ActorRow> {
  const own = viewer.kind === "account" && input.accountId === viewer.accountId;
  if (viewer.kind !== "operator" && !own) throw new Refusal("forbidden");
  const { type = "Person", name, openness, ...rest } = input;
  const [row] = await db
    .insert(schema.actors)
    .values({
      ...rest,
      id: newId(),
      type,
      name: name || rest.handle,
      openness: type === "Group" ? (openness ?? "moderated") : null,
    })
    .onConflictDoNothing({ target: [schema.actors.handle, schema.actors.host] })
    .returning();
  if (!row) throw new Refusal("handle-taken", { field: "handle" });
  return row;
}
