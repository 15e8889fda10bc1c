import { createFederation, MemoryKvStore } from "@fedify/fedify";
import { Create } from "@fedify/vocab";
import type { DocumentLoader } from "@fedify/vocab-runtime";
import { loadContext } from "../contexts.ts";
import type { Json, Peer } from "./peer.ts";

/** The same inbox with nothing around Fedify and nothing behind it: its own memory for stores, and a listener that counts. */
export function fedifyAlone(
  origin: string,
  peer: Peer,
): { take: (request: Request) => Promise<Response>; taken: () => number } {
  let count = 0;
  // What the peer serves, without a request: only verification and parsing are compared.
  const load: DocumentLoader = async (url) => {
    const document = peer.documents.get(new URL(url).pathname) as Json;
    return { contextUrl: null, documentUrl: url, document };
  };
  const federation = createFederation<void>({
    kv: new MemoryKvStore(),
    origin,
    documentLoaderFactory: () => load,
    authenticatedDocumentLoaderFactory: () => load,
    contextLoaderFactory: () => loadContext,
  });
  federation.setActorDispatcher("/@{identifier}", () => null);
  federation.setInboxListeners("/@{identifier}/inbox", "/inbox").on(Create, () => {
    count++;
  });
  return { take: (request) => federation.fetch(request, { contextData: undefined }), taken: () => count };
}
