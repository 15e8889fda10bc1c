import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formToken } from "#app/_web/form-guard.tsx";
import { type Connection, connect } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { sessionCookieName } from "#lib/auth/cookie.ts";
import { newId } from "#lib/ids.ts";
import { Client } from "./client.ts";
import { emptyDatabase, type Instance, startInstance } from "./instance.ts";

/** One whole server, with a person who is signed in. */
export type Side = {
  instance: Instance;
  start: () => Promise<void>;
  connection: Connection;
  host: string;
  actorId: string;
  /** Sends a form as its person's browser would, filled in. */
  press: (path: string, fields: Record<string, string>) => Promise<Response>;
  /** Opens a page as they do. */
  look: (path: string) => Promise<string>;
  /** Has somebody else sign in there. */
  enter: (handle: string) => Promise<Pick<Side, "press"> & { ask: (path: string) => Promise<Response> }>;
  close: () => Promise<void>;
};

/** Starts one that may reach these hosts, and has somebody sign in there by this handle. */
export async function openSide(handle: string, port: number, privatePeers: string): Promise<Side> {
  const [{ url, drop }, dataDir] = [await emptyDatabase(), mkdtempSync(join(tmpdir(), "parvis-side-"))];
  // Who is killed, or has peers that are, says so.
  const expected = [/refused for good/, /could not be reached/];
  const settings = { FEDERATION_PRIVATE_PEERS: privatePeers };
  const side = {} as Side;
  side.start = async () => {
    side.instance = await startInstance({ port, database: url, dataDir, settings, expected });
  };
  await side.start();
  const connection = connect(url);
  const enter = async (handle: string) => {
    const { actor, session } = await person(connection.db, handle);
    const client = new Client(side.instance.url);
    client.cookies.set(sessionCookieName(), session);
    const press = async (path: string, fields: Record<string, string>) => {
      const id = newId();
      return client.send(path, { form_id: id, form_token: formToken(id, path, Date.now() - 5_000), ...fields });
    };
    return { actorId: actor.id, press, ask: (path: string) => client.ask(path) };
  };
  const { actorId, press, ask } = await enter(handle);
  const look = async (path: string) => (await ask(path)).text();
  const close = async () => {
    await connection.close();
    await side.instance.stop();
    await drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return Object.assign(side, { connection, host: `localhost:${port}`, actorId, press, look, enter, close });
}
