import type { Adapter } from "next-auth/adapters";
import type { Db } from "#db/client.ts";
import { unlessUnavailable } from "#db/unavailable.ts";
import { closeSession, noteSession } from "#lib/account/session/commands.ts";
import { getSession, sessionDays } from "#lib/account/session/queries.ts";

const ours = (): never => {
  throw new Error("Accounts and sessions are made by our own doors.");
};

/**
 * What Auth.js reads of our sessions: it looks for the cookie's token, we for its hash. It makes nothing here: accounts,
 * identities and sessions have their own commands (`lib/account`).
 */
export function sessionAdapter(db: () => Db): Adapter {
  return {
    createUser: ours,
    getUser: ours,
    getUserByEmail: ours,
    updateUser: ours,
    linkAccount: ours,
    createSession: ours,
    getUserByAccount: async () => null,
    async getSessionAndUser(sessionToken) {
      const row = await getSession(db(), sessionToken);
      if (!row) return null;
      const expires = new Date(row.usedAt.getTime() + sessionDays.idle * 86_400_000);
      const user = { ...row, id: row.accountId, email: row.email ?? "", emailVerified: null, sessionId: row.id };
      return { session: { sessionToken, userId: row.accountId, expires }, user };
    },
    async updateSession({ sessionToken }) {
      await unlessUnavailable(noteSession(db(), sessionToken));
      return null;
    },
    deleteSession: (sessionToken) => closeSession(db(), sessionToken),
  };
}
