import { database } from "#app/_web/database.ts";
import { see } from "#app/_web/form-route.ts";
import { download } from "#app/_web/kept-mail.ts";
import { streamOf } from "#app/_web/stream.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { streamZip } from "#lib/formats/zip.ts";
import { exportAccount, exportPictures } from "#lib/notification/export/queries.ts";
import { ownHost } from "#lib/urls.ts";

/** Everything about whoever is signed in, as one file. */
export async function GET(): Promise<Response> {
  const who = await getSignedIn();
  if (!who) return see("/sign-in?next=/settings/data");
  const now = new Date();
  const name = `${ownHost().replace(/[^\w.-]/g, "-")}-${now.toISOString().slice(0, 10)}.zip`;
  const db = database();
  const files = await exportAccount(db, who.viewer);
  async function* all() {
    yield* files;
    yield* exportPictures(db, who!.viewer);
  }
  const answer = download(streamOf(streamZip(all(), now)), "application/zip", name);
  answer.headers.set("Cache-Control", "private, no-store");
  return answer;
}
