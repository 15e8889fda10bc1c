import { z } from "zod";
import { timezoneInput } from "#lib/account/input.ts";
import { tones } from "#lib/actor/input.ts";
import { placeInput } from "#lib/place/input.ts";
import { parseWall } from "#lib/time.ts";
import { webUrl } from "#lib/urls.ts";
import { eventFacts } from "./facts.ts";

/** Days that an event may leave out of its rule. */
export const mostExceptions = 500;

const text = (max: number) => z.string().trim().max(max, "too-long");
const count = (min: number, max: number) =>
  z.number("number-invalid").int("number-invalid").min(min, "number-invalid").max(max, "number-invalid");
const choice = <const T extends readonly string[]>(values: T) => z.enum(values, "choice-invalid");
const link = z
  .string()
  .trim()
  .transform((value, context) => {
    const url = webUrl(value);
    if (url === null) context.addIssue("url-invalid");
    return url ?? value;
  });
const wall = z
  .string("required")
  .trim()
  .transform((value, context) => {
    const parsed = parseWall(value);
    if (parsed === null) context.addIssue("date-invalid");
    return parsed ?? value;
  });
const tags = z
  .array(text(50))
  .max(30, "too-long")
  .transform((all) => [...new Set(all.map((tag) => tag.replace(/^#/, "").trim()).filter(Boolean))]);

/** Something that the organiser asks those who take part; `choices` (2 to 20) for kind `choice` alone. */
const questionInput = z
  .object({
    kind: choice(["text", "choice", "boolean"]),
    label: text(200).min(1, "required"),
    choices: z.array(text(100).min(1, "required")).max(20, "too-long").optional(),
    required: z.boolean().optional(),
  })
  .refine(({ kind, choices = [] }) => (kind === "choice" ? choices.length >= 2 : choices.length === 0), {
    error: "choice-invalid",
    path: ["choices"],
  });

/** Every field that an organiser may set, in the words of `db/schema/event.ts`; times are wall clocks in `timezone`. */
const fields = {
  name: text(200).min(1, "required"),
  content: text(64_000),
  mediaType: choice(["text/markdown", "text/plain", "text/html"]),
  language: text(35).regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, "choice-invalid"),
  category: text(40).regex(/^[A-Z][A-Z0-9_]*$/, "choice-invalid"),
  tags,
  tone: choice(tones).nullable(),
  coverId: z.uuid("choice-invalid").nullable(),
  url: link.nullable(),
  contact: text(300),
  facts: eventFacts,

  timezone: timezoneInput,
  allDay: z.boolean(),
  startWall: wall,
  /** All day: a moment of the last day. */
  endWall: wall.nullable(),
  startFold: count(0, 1),
  endFold: count(0, 1),
  recurrenceRule: text(500).nullable(),
  /** Days of the rule, in the event's zone, on which it is not. */
  exceptionDates: z.array(z.iso.date()).max(mostExceptions),

  attendanceMode: choice(["offline", "online", "mixed"]),
  onlineUrl: link.nullable(),
  onlineDisclosure: choice(["everyone", "accepted"]),
  place: placeInput.nullable(),
  placeDisclosure: choice(["everyone", "accepted"]),

  visibility: choice(["public", "unlisted", "followers", "members"]),
  status: choice(["tentative", "confirmed", "cancelled"]),
  joinMode: choice(["free", "approval", "external", "closed"]),
  externalParticipationUrl: link.nullable(),
  maximumAttendeeCapacity: count(1, 1_000_000).nullable(),
  maximumGuests: count(0, 5),
  waitingList: z.boolean(),
  nameRequired: z.boolean(),
  showCount: z.boolean(),
  comments: choice(["open", "moderated", "closed"]),
  questions: z.array(questionInput).max(5, "too-long"),
};

/** A change: what is absent stays as it is. */
export const eventChange = z.object(fields).partial();
export type EventChange = z.infer<typeof eventChange>;

/** A new event: what is absent gets the schema's default. `state` is "draft" unless it says "published". */
export const eventInput = eventChange.required({ name: true, startWall: true, timezone: true }).extend({
  state: choice(["draft", "published"]).optional(),
  /** iCalendar UID (RFC 5545 3.8.4.7) of an event that came from elsewhere; ours follows from the id. */
  uid: text(255).min(1, "required").optional(),
  sequence: count(0, 2_000_000_000).optional(),
});
export type EventInput = z.infer<typeof eventInput>;
