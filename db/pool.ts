import { makePgArray } from "drizzle-orm/pg-core";
import postgres from "postgres";

/** A transaction's hold on its connection. Over: the connection is gone, or with whoever took it after it came back. */
type Lease = { over: boolean; lose: () => void; lost: Promise<never> };
/** What postgres.js does not declare: a query goes where its handler sends it, a connection has a number. */
type Query = postgres.PendingQuery<postgres.Row[]> & {
  handler: (query: Query) => void;
  resolve: (rows: unknown) => void;
  reject: (error: Error) => void;
};
type Options = { prepare?: boolean; onexecute?: (connection: { id: number }) => unknown };
type Unsafe = (text: string, values?: unknown[], options?: Options) => Query;
type Scope = { unsafe: Unsafe; savepoint: (work: Work) => Promise<unknown> };
type Work = (scope: Scope) => unknown;

const closed = () => Object.assign(new Error("The connection was closed"), { code: "CONNECTION_CLOSED" });

/**
 * Connections by postgres.js that outlive their server. By itself (3.4.9) it asks each new connection for its array
 * types, and ends the process when that fails (its issue 1192); a query that comes between a connection's fault and its
 * end is never answered; and what a transaction says after the end of its connection ends the process too (1208), or is
 * said for itself once the connection came back. Here all of these are refused with CONNECTION_CLOSED.
 */
export function openPool(url: string, options: postgres.Options<Record<string, postgres.PostgresType>>): postgres.Sql {
  const leases = new Map<number, Lease>();
  const asked = new Map<number, Set<Query>>();
  const client = postgres(url, {
    ...options,
    fetch_types: false,
    // Seconds until a closed connection is opened again. By itself it waits longer from time to time, 20 at last.
    backoff: () => 0.1 + Math.random() / 10,
    types: { texts: arrayType(1009), varchars: arrayType(1015), uuids: arrayType(2951) },
    onclose: (id) => {
      leases.get(id)?.lose();
      leases.delete(id);
      for (const query of asked.get(id) ?? []) query.reject(closed());
      asked.delete(id);
    },
  });
  const root = client as unknown as { unsafe: Unsafe; begin: (work: Work) => Promise<unknown> };
  const { unsafe, begin } = root;
  let opened: Lease | null = null;

  root.unsafe = (text, values, { onexecute, ...rest } = {}) => {
    const lease = opened;
    const query = unsafe(text, values, {
      ...rest,
      onexecute: (connection) => {
        note(asked, connection.id, query);
        if (!onexecute) return true;
        // It is the query by which `begin` of postgres.js learns its connection.
        if (lease) leases.set(connection.id, lease);
        return onexecute(connection);
      },
    });
    return query;
  };
  root.begin = (work) => {
    const lease = newLease();
    opened = lease;
    const done = begin((scope) => hold(lease, scope, work));
    opened = null;
    return done;
  };
  return client;
}

/** Notes a query as asked on a connection, until it is answered. */
function note(asked: Map<number, Set<Query>>, connection: number, query: Query): void {
  const { resolve, reject } = query;
  const open = asked.get(connection) ?? new Set();
  asked.set(connection, open.add(query));
  query.resolve = (rows) => {
    open.delete(query);
    resolve(rows);
  };
  query.reject = (error) => {
    open.delete(query);
    reject(error);
  };
}

function newLease(): Lease {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  lost.catch(() => {});
  const lease: Lease = {
    over: false,
    lose: () => {
      lease.over = true;
      reject(closed());
    },
    lost,
  };
  return lease;
}

/** Does the work of a transaction or a savepoint as long as its connection is there; then neither ends it nor says how. */
async function hold(lease: Lease, scope: Scope, work: Work): Promise<unknown> {
  const { unsafe, savepoint } = scope;
  scope.unsafe = (...words) => {
    const query = unsafe(...words);
    const { handler } = query;
    query.handler = () => (lease.over ? query.reject(closed()) : handler(query));
    lease.lost.catch(query.reject);
    return query;
  };
  scope.savepoint = (inner) => Promise.race([lease.lost, savepoint((below) => hold(lease, below, inner))]);
  try {
    const result = await work(scope);
    if (!lease.over) return result;
  } catch (error) {
    if (!lease.over) throw error;
  }
  // postgres.js has failed the transaction already. An answer now would make it say commit, or rollback.
  return new Promise(() => {});
}

/** Arrays of texts by the number of their type, which are the same on every server. One dimension. */
const arrayType = (type: number): postgres.PostgresType => ({
  to: type,
  from: [type],
  // Drizzle has written what is for a column of its own.
  serialize: (value: string | unknown[]) => (Array.isArray(value) ? makePgArray(value) : value),
  parse: (text: string) =>
    [...text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/gs)].map(([bare, quoted]) =>
      quoted === undefined ? (bare === "NULL" ? null : bare) : quoted.replace(/\\(.)/gs, "$1"),
    ),
});
