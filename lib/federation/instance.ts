import { createFederation, type Federation } from "@fedify/fedify";
import { Activity, CryptographicKey, Delete, Endpoints, Multikey, Tombstone } from "@fedify/vocab";
import type { Database } from "#db/client.ts";
import { getConfig } from "#lib/config.ts";
import { log } from "#lib/log.ts";
import { absolute } from "#lib/urls.ts";
import { actorDocument, localActor } from "./actors.ts";
import { actorPart, actorUri, instanceHandle } from "./addresses.ts";
import { outboxPage, outboxSize } from "./collections.ts";
import { loadContext } from "./contexts.ts";
import { documentLoader, type Json } from "./documents.ts";
import { receive, receiveUnverified } from "./inbox/receive.ts";
import { keysOf } from "./keys.ts";
import { forgotten, memoryStore } from "./kv.ts";
import { nodeInfo } from "./nodeinfo.ts";
import { preparedActor } from "./prepared.ts";

/** What a request carries through Fedify: the database, and the activity as it came. `fault`: why it took no effect. */
export type Carried = { db: Database; raw: Json | null; fault?: unknown };

const slot = Symbol.for("parvis.federation");
const held = globalThis as { [slot]?: Federation<Carried> };

/** Fedify, set up once a process. */
export function federation(db: Database): Federation<Carried> {
  held[slot] ??= build(db);
  return held[slot];
}

function build(db: Database): Federation<Carried> {
  const federation = createFederation<Carried>({
    kv: memoryStore(db),
    // Our own unique row decides whether an activity was seen: Fedify's mark would drop Mobilizon's Updates.
    kvPrefixes: { activityIdempotence: [forgotten] },
    origin: getConfig().appUrl,
    // All three over our own guarded client; given one alone, Fedify would ask with its own.
    documentLoaderFactory: () => documentLoader(db),
    authenticatedDocumentLoaderFactory: () => documentLoader(db),
    contextLoaderFactory: () => loadContext,
    firstKnock: "draft-cavage-http-signatures-12",
    manuallyStartQueue: true,
  });

  federation
    .setActorDispatcher("/@{identifier}", async (ctx, identifier) => {
      const row = await localActor(ctx.data.db, identifier);
      if (!row) return null;
      const id = new URL(actorUri(row));
      if (row.deletedAt || row.suspendedAt) return new Tombstone({ id });
      const keys = await keysOf(ctx.data.db, row.id);
      const part = (name: string) => new URL(actorPart(row.handle, name));
      return preparedActor(
        row.type === "Group" || row.type === "Application" ? row.type : "Person",
        {
          id,
          preferredUsername: row.handle,
          name: row.name,
          url: row.handle === instanceHandle ? new URL(absolute("/about")) : id,
          inbox: part("inbox"),
          outbox: part("outbox"),
          endpoints: new Endpoints({ sharedInbox: new URL(absolute("/inbox")) }),
          publicKey: new CryptographicKey({
            id: new URL(`#${keys.rsaName}`, id),
            owner: id,
            publicKey: keys.rsa.publicKey,
          }),
          assertionMethods: [
            new Multikey({
              id: new URL(`#${keys.ed25519Name}`, id),
              controller: id,
              publicKey: keys.ed25519.publicKey,
            }),
          ],
        },
        await actorDocument(ctx.data.db, row),
      );
    })
    .setKeyPairsDispatcher(async (ctx, identifier) => {
      try {
        const row = await localActor(ctx.data.db, identifier);
        if (!row || row.deletedAt) return [];
        const { rsa, ed25519 } = await keysOf(ctx.data.db, row.id);
        return [rsa, ed25519];
      } catch (error) {
        // Fedify would go on without keys and say nothing.
        log("federation").error("The keys of an actor cannot be opened", { error });
        throw error;
      }
    })
    .mapHandle(async (ctx, handle) =>
      (await localActor(ctx.data.db, handle.toLowerCase())) ? handle.toLowerCase() : null,
    )
    .mapAlias((_, url) => (url.href === absolute("/") ? { identifier: instanceHandle } : null))
    .mapActorAlias("/actor", instanceHandle);

  federation.setWebFingerLinksDispatcher((_, resource) => {
    const template = absolute("/authorize_interaction?uri={uri}");
    const intent = (name: string) => ({
      rel: `https://w3id.org/fep/3b86/${name}`,
      template: absolute(`/authorize_interaction?uri={object}&intent=${name.toLowerCase()}`),
    });
    return [
      { rel: "http://ostatus.org/schema/1.0/subscribe", template },
      ...["Object", "Follow", "Join", "Leave"].map(intent),
      ...(resource.href === absolute("/")
        ? [
            {
              rel: "https://www.w3.org/ns/activitystreams#Service",
              href: absolute("/actor"),
              type: "application/activity+json",
            },
          ]
        : []),
    ] as never;
  });

  federation.setNodeInfoDispatcher("/nodeinfo/2.1", (ctx) => nodeInfo(ctx.data.db) as never);

  federation
    .setOutboxDispatcher("/@{identifier}/outbox", (ctx, identifier, cursor) =>
      cursor === null ? null : outboxPage(ctx.data.db, identifier, cursor),
    )
    .setFirstCursor(() => "")
    .setCounter((ctx, identifier) => outboxSize(ctx.data.db, identifier));

  federation
    .setInboxListeners("/@{identifier}/inbox", "/inbox")
    .on(Activity, async (ctx, activity) => {
      try {
        await receive(ctx.data.db, activity, ctx.data.raw!);
      } catch (error) {
        ctx.data.fault = error;
        throw error;
      }
    })
    .withIdempotency(() => null)
    .onUnverifiedActivity(async (ctx, activity) => {
      if (activity instanceof Delete && (await receiveUnverified(ctx.data.db, activity)))
        return new Response(null, { status: 202 });
      return undefined;
    })
    .onError((ctx, error) => {
      ctx.data.fault ??= error;
    });

  return federation;
}
