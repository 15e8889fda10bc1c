import { database } from "#app/_web/database.ts";
import { eventStream } from "#app/_web/event-stream.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { getReader } from "#app/_web/reader.ts";
import { getSession } from "#lib/account/session/queries.ts";
import { sessionTokenOf } from "#lib/auth/cookie.ts";
import { countArrivals } from "#lib/discussion/message/queries.ts";
import { isId } from "#lib/ids.ts";

type Segment = { params: Promise<{ id: string }> };

/**
 * Tells a member, in words, how many messages have arrived behind the one named by `after`, or in all. Who they are is asked at each
 * look: it ends with their session, their membership, or the discussion.
 */
export async function GET(request: Request, { params }: Segment): Promise<Response> {
  const { id } = await params;
  const { t, locale } = await getReader();
  const asked = new URL(request.url).searchParams.get("after");
  const after = isId(asked) ? asked : null;
  const token = sessionTokenOf(request);
  const db = database();
  const session = await getSession(db, token);
  const count = async () => {
    const held = await getSession(db, token);
    if (!held || !isId(id)) return null;
    const viewer = { kind: "account", accountId: held.accountId, role: held.role, actorIds: held.actorIds } as const;
    return countArrivals(db, viewer as Parameters<typeof countArrivals>[1], { discussionId: id, after });
  };
  if (!session || (await count()) === null) return faultAnswer(404, locale);
  const look = async () => {
    const arrived = await count();
    return arrived === null ? null : arrived === 0 ? "" : t("talk.arrived", { count: arrived });
  };
  const once = !(request.headers.get("accept") ?? "").includes("text/event-stream");
  const { accountId } = session;
  return eventStream({ accountId, look, signal: request.signal, once }) ?? faultAnswer(429, locale);
}
