import { expect, it } from "vitest";
import { wantsActivity } from "./accept.ts";

it.each([
  ["application/activity+json", true],
  ['application/ld+json; profile="https://www.w3.org/ns/activitystreams"', true],
  ["Application/Activity+JSON", true],
  ["application/activity+json, text/html;q=0.1", true],
  ["text/html, application/activity+json", true],
  ["text/html;q=0.2, application/ld+json ; Q=0.5", true],
  ["application/activity+json;q=0, text/html", false],
  ["application/activity+json;q=0.000", false],
  ["application/activity+json;q=0, application/ld+json", true],
  ["text/html, application/activity+json;q=0.9", false],
  ["application/activity+json;q=high", true],
  ["text/html,application/xhtml+xml,*/*;q=0.8", false],
  ["application/json", false],
  ["application/activity+jsonp", false],
  ["*/*", false],
  ["", false],
])("%s asks for ActivityStreams: %s", (accept, wanted) => {
  expect(wantsActivity(accept)).toBe(wanted);
});
