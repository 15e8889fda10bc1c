import { createHash, createVerify } from "node:crypto";
import type { Json } from "./peer.ts";

/** What a term of JSON-LD means: its IRI, how a text under it is read, and how several values are kept. */
type Term = { iri: string; type?: string; container?: string };
type Terms = Map<string, Term>;
type Quad = { subject: string; predicate: string; object: string; graph: string };

const as = "https://www.w3.org/ns/activitystreams#";
const xsd = "http://www.w3.org/2001/XMLSchema#";
const sec = "https://w3id.org/security#";
const rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

const words = (text: string) => text.trim().split(/\s+/);
const named = (list: string, more: Omit<Term, "iri"> = {}): [string, Term][] =>
  words(list).map((term) => [term, { iri: as + term, ...more }]);

/** The terms of ActivityStreams that events, notes and the activities around them use, from the vocabulary's own page. */
const activityStreams: [string, Term][] = [
  ...named("Accept Announce Collection Create Delete Document Event Follow Ignore Image Join Leave Link Mention Note"),
  ...named("OrderedCollection Person Place Question Reject Tombstone Undo Update name summary content mediaType"),
  ...named("actor attributedTo attachment audience cc context icon image inReplyTo location object oneOf replies", {
    type: "@id",
  }),
  ...named("tag target to url href", { type: "@id" }),
  ...named("startTime endTime published updated deleted", { type: `${xsd}dateTime` }),
  ...named("latitude longitude", { type: `${xsd}float` }),
  ...named("width height totalItems", { type: `${xsd}nonNegativeInteger` }),
  ["contentMap", { iri: `${as}content`, container: "@language" }],
  ["nameMap", { iri: `${as}name`, container: "@language" }],
];

/** https://w3id.org/security/data-integrity/v1: one term, and those inside a DataIntegrityProof. */
const dataIntegrity: [string, Term][] = [
  ["proof", { iri: `${sec}proof`, type: "@id", container: "@graph" }],
  ["DataIntegrityProof", { iri: `${sec}DataIntegrityProof` }],
];
const insideProof: [string, Term][] = [
  ["created", { iri: "http://purl.org/dc/terms/created", type: `${xsd}dateTime` }],
  ["cryptosuite", { iri: `${sec}cryptosuite` }],
  ["proofPurpose", { iri: `${sec}proofPurpose`, type: "@vocab" }],
  ["assertionMethod", { iri: `${sec}assertionMethod` }],
  ["proofValue", { iri: `${sec}proofValue`, type: `${sec}multibase` }],
  ["verificationMethod", { iri: `${sec}verificationMethod`, type: "@id" }],
];
/** https://w3id.org/identity/v1, as far as the options of a signature go. */
const identity: [string, Term][] = [
  ["created", { iri: "http://purl.org/dc/terms/created", type: `${xsd}dateTime` }],
  ["creator", { iri: "http://purl.org/dc/terms/creator", type: "@id" }],
];

const bundled: Record<string, [string, Term][]> = {
  "https://www.w3.org/ns/activitystreams": activityStreams,
  "https://w3id.org/security/data-integrity/v1": dataIntegrity,
  "https://w3id.org/identity/v1": identity,
};

function readContext(context: unknown): Terms {
  const terms: Terms = new Map([["as", { iri: as }]]);
  for (const one of [context].flat()) {
    if (typeof one === "string") {
      if (!bundled[one]) throw new Error(`The peer does not know the context ${one}`);
      for (const [term, meaning] of bundled[one]) terms.set(term, meaning);
      continue;
    }
    const own = Object.entries(one as Record<string, string | Record<string, string>>);
    for (const [term, value] of own) {
      const {
        "@id": id,
        "@type": type,
        "@container": container,
      } = typeof value === "string" ? { "@id": value } : value;
      const prefix = id!.includes("://") ? null : id!.slice(0, id!.indexOf(":"));
      const iri = prefix && prefix !== "urn" ? expand(prefix, own, terms) + id!.slice(prefix.length + 1) : id!;
      terms.set(term, { iri, ...(type ? { type } : {}), ...(container ? { container } : {}) });
    }
  }
  return terms;
}

function expand(prefix: string, own: [string, unknown][], terms: Terms): string {
  const found = terms.get(prefix)?.iri ?? own.find(([term]) => term === prefix)?.[1];
  if (typeof found !== "string") throw new Error(`The prefix ${prefix} means nothing`);
  return found;
}

/** An address as it stands, or by its prefix; null for what is relative. */
function iriOf(text: string, terms: Terms): string | null {
  const [, prefix, rest] = /^([A-Za-z][\w+.-]*):(.*)$/s.exec(text) ?? [];
  if (prefix === undefined) return null;
  return !rest!.startsWith("//") && terms.has(prefix) ? terms.get(prefix)!.iri + rest : text;
}

const escaped = (text: string) =>
  text.replace(/[\\"\n\r]/g, (char) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" })[char]!);
const literal = (text: string, suffix: string) => `"${escaped(text)}"${suffix}`;
const typed = (text: string, type: string) => literal(text, `^^<${type}>`);

function scalar(value: string | number | boolean, term: Term, terms: Terms): string | null {
  if (typeof value === "boolean") return typed(String(value), term.type ?? `${xsd}boolean`);
  if (typeof value === "number" && Number.isInteger(value)) return typed(String(value), term.type ?? `${xsd}integer`);
  if (typeof value === "number")
    return typed(value.toExponential(15).replace(/(\d)0*e\+?/, "$1E"), term.type ?? `${xsd}double`);
  if (term.type === "@id" || term.type === "@vocab") {
    const iri = (term.type === "@vocab" ? terms.get(value)?.iri : null) ?? iriOf(value, terms);
    return iri && `<${iri}>`;
  }
  return term.type ? typed(value, term.type) : literal(value, "");
}

/** The statements (RDF) of a document, for the shapes that this software sends; anything else is a fault of the test. */
function statements(document: Json): Quad[] {
  const quads: Quad[] = [];
  let blanks = 0;
  const blank = () => `_:b${blanks++}`;
  const node = (value: Json, terms: Terms, graph: string): string => {
    const types = [value.type ?? []].flat() as string[];
    const inner = types.includes("DataIntegrityProof") ? new Map([...terms, ...insideProof]) : terms;
    const subject = typeof value.id === "string" ? `<${iriOf(value.id, terms)}>` : blank();
    const say = (predicate: string, object: string) =>
      quads.push({ subject, predicate: `<${predicate}>`, object, graph });
    for (const type of types) say(rdfType, `<${inner.get(type)?.iri ?? iriOf(type, inner)}>`);
    for (const [key, values] of Object.entries(value)) {
      if (key === "id" || key === "type" || key === "@context") continue;
      const term = inner.get(key) ?? (key.includes(":") ? { iri: iriOf(key, inner)! } : null);
      if (!term) throw new Error(`${key} has no term: no signature covers it`);
      if (term.container === "@language") {
        for (const [language, text] of Object.entries(values as Record<string, string>))
          say(term.iri, literal(text, `@${language.toLowerCase()}`));
        continue;
      }
      if (term.container && term.container !== "@graph") throw new Error(`${key} is a ${term.container}`);
      for (const one of [values].flat()) {
        if (one === null || one === undefined) continue;
        if (typeof one !== "object") {
          const object = scalar(one as string, term, inner);
          if (object) say(term.iri, object);
        } else if (term.container === "@graph") {
          const named = blank();
          say(term.iri, named);
          node(one as Json, inner, named);
        } else say(term.iri, node(one as Json, inner, graph));
      }
    }
    return subject;
  };
  node(document, readContext(document["@context"]), "");
  return quads;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const line = ({ subject, predicate, object, graph }: Quad) =>
  `${subject} ${predicate} ${object}${graph && ` ${graph}`} .\n`;
const parts = ["subject", "object", "graph"] as const;

/**
 * The same statements in the one order and with the one set of blank names that everybody finds (URDNA2015). Nodes without
 * a name that are told apart only by their neighbours are more than this peer can do: it says so, and believes nothing.
 */
function canonical(quads: Quad[]): string {
  const isBlank = (text: string) => text.startsWith("_:");
  const blanks = new Set(quads.flatMap((quad) => parts.map((part) => quad[part]).filter(isBlank)));
  const hashes = new Map<string, string>();
  for (const name of blanks) {
    const seen = (text: string) => (!isBlank(text) ? text : text === name ? "_:a" : "_:z");
    const mine = quads.filter((quad) => parts.some((part) => quad[part] === name));
    const lines = mine.map((quad) =>
      line({ ...quad, subject: seen(quad.subject), object: seen(quad.object), graph: seen(quad.graph) }),
    );
    const hash = sha256(lines.sort().join(""));
    if (hashes.has(hash)) throw new Error("Two blank nodes look the same");
    hashes.set(hash, name);
  }
  const order = [...hashes.keys()].sort().map((hash) => hashes.get(hash)!);
  const name = (text: string) => (isBlank(text) ? `_:c14n${order.indexOf(text)}` : text);
  const lines = quads.map((quad) =>
    line({ ...quad, subject: name(quad.subject), object: name(quad.object), graph: name(quad.graph) }),
  );
  return [...new Set(lines)].sort().join("");
}

/** What a linked-data signature with these options signs: its own circumstances, and all that the document states. */
export function signedStatements(document: Json, { creator, created }: Record<string, string>): string {
  const options = { "@context": "https://w3id.org/identity/v1", creator, created };
  return sha256(canonical(statements(options))) + sha256(canonical(statements(document)));
}

/** Whether `signature` (RsaSignature2017) was made with this key over everything that the activity states. */
export function isLinked(activity: Json, publicKeyPem: string): boolean {
  const { signature, ...document } = activity as { signature: Record<string, string> } & Json;
  const verify = createVerify("RSA-SHA256").update(signedStatements(document, signature));
  return verify.verify(publicKeyPem, signature.signatureValue!, "base64");
}
