import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "#db/client.ts";
import { resetCalendar } from "#lib/account/calendar/commands.ts";
import { person } from "#lib/account/testing.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { makeEvent, request, tokenOf } from "#lib/participation/testing.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { makePost } from "#lib/post/testing.ts";
import { linkToken, signedId } from "#lib/secrets.ts";

const app = fileURLToPath(new URL("../../app/", import.meta.url));

export type Door = { file: string; path: string; kind: "page" | "route"; methods: string[] };

/** Every page and route of the app, read from its folders: a new one is walked through without being named here. */
export function doors(folder = app, path = ""): Door[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name.startsWith("_") ? [] : doors(file, entry.name.startsWith("(") ? path : `${path}/${entry.name}`);
    const kind = /^page\.tsx$/.test(entry.name)
      ? ("page" as const)
      : /^route\.tsx?$/.test(entry.name)
        ? ("route" as const)
        : null;
    if (!kind) return [];
    const text = readFileSync(file, "utf8");
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].filter((method) =>
      new RegExp(`export (const|(async )?function) ${method}\\b|export \\{[^}]*\\b${method}\\b`).test(text),
    );
    return [{ file: file.slice(app.length), path: path || "/", kind, methods }];
  });
}

/**
 * Makes an event, one that is gone, a post, and a request to take part, and gives what then stands for `[id]`, `[token]` … in a
 * path. The configuration's key must be the instance's, and `startSender` done.
 */
export async function furnish(connection: Connection): Promise<Record<string, string[]>> {
  const event = await makeEvent(connection.db, { name: "Lecture au parc", publishedAt: new Date() });
  const gone = await makeEvent(connection.db, { name: "Gone", state: "deleted", deletedAt: new Date() });
  const participation = await joinEvent(connection.db, visitor, request(event.id, { email: "walk@example.org" }));
  const { account, actor, viewer } = await person(connection.db, "walker");
  await resetCalendar(connection.db, viewer);
  const comment = newId();
  const words = { id: comment, actorId: actor.id, thread: null, content: "Hello", language: "en" };
  await writeComment(connection.db, viewer, event.id, words);
  const post = await makePost(connection.db, await makeGroup(connection.db));
  return {
    id: [event.id, gone.id, comment],
    post: [post],
    token: [await tokenOf(connection.db, participation)],
    signed: [signedId("unsubscribe", participation)],
    handle: ["@nobody", "nobody"],
    index: ["0"],
    host: ["nowhere.example"],
    to: [newId()],
    feed: [`${linkToken("calendar", account.id, 1)}.ics`, "x.ics"],
    nextauth: ["callback/openid", "signin", "session"],
    path: ["nowhere/at/all"],
  };
}
