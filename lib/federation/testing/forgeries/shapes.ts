import type { Json } from "../peer.ts";
import { type Forgery, misshapen, streams } from "./forgery.ts";

const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as Json;

/** What no reader should have to bear. */
export const shapes: Forgery[] = [
  misshapen("nesting", ["size"], (activity, n) => ({ ...activity, x: deep(25 + n) })),
  misshapen("thousands of values", ["size", "lists"], (activity, n) => ({
    ...activity,
    x: Array.from({ length: 2_100 + n }, () => 1),
  })),
  misshapen("a list of hundreds", ["lists"], (activity, n, { ann }) => ({
    ...activity,
    cc: Array.from({ length: 201 + n }, () => ann),
  })),
  misshapen("more than 256 KiB", ["body"], (activity, n) => ({ ...activity, padding: "x".repeat(262_144 + n) })),
  misshapen("a context that gives another term the actor's part", ["context"], (activity, n) => ({
    ...activity,
    "@context": [streams, { [`impostor${n}`]: n % 2 ? "as:actor" : `${streams}#actor` }],
  })),
  misshapen("a context that changes what the object is", ["context"], ({ object, ...activity }) => ({
    ...activity,
    "@context": [streams, { object: "as:summary", thing: { "@id": "as:object", "@type": "@id" } }],
    thing: object,
  })),
  misshapen("a context within that changes whose the object is", ["context"], ({ object, ...activity }, n) => {
    const changed = { attributedTo: "as:summary" };
    const within = n % 2 ? changed : { thing: { "@id": "as:tag", "@context": changed } };
    return { ...activity, object: { "@context": [streams, within], id: object, type: "Object" } };
  }),
  misshapen("a dozen contexts", ["context"], (activity, n) => ({
    ...activity,
    "@context": Array.from({ length: 11 + n }, () => streams),
  })),
];
