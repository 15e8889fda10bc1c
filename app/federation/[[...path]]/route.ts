import { database } from "#app/_web/database.ts";
import { answerPeer } from "#lib/federation/door.ts";

/** The one door for other servers: `next.config.ts` leads to it what asks for ActivityStreams, WebFinger and inboxes. */
const answer = (request: Request): Promise<Response> =>
  answerPeer(database(), request, request.headers.get("x-parvis-client") ?? "");

export { answer as GET, answer as POST };
