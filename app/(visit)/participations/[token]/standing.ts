import type { ParticipationByToken } from "#lib/participation/queries.ts";
import { isTakenDown } from "#lib/policy/event.ts";

export type Standing =
  | "closed"
  | "removed"
  | "takenDown"
  | "cancelled"
  | "over"
  | "toConfirm"
  | "accepted"
  | "offered"
  | "pending"
  | "waitlisted"
  | "tentative"
  | "rejected"
  | "left";

/** Where somebody stands, the gravest fact about the event first: each has a sentence and a way on. */
export function standingOf({ event, participation, open, now }: ParticipationByToken): Standing {
  if (!open) return "closed";
  if (event.state === "deleted") return "removed";
  if (isTakenDown(event)) return "takenDown";
  if (event.status === "cancelled") return "cancelled";
  if (event.endTime <= now) return "over";
  if (participation.state === "accepted" && participation.expiresAt) return "offered";
  return participation.state === "unconfirmed" ? "toConfirm" : (participation.state as Standing);
}

/** Whether somebody takes part from another server, which tells them what we have to say. */
export const isElsewhere = ({ participation }: Pick<ParticipationByToken, "participation">): boolean =>
  ["join", "invite", "poll", "follow", "reply"].includes(participation.source);

/** Whether there is a place, or a wish for one, that can be changed or given back. */
export const isPresent = (standing: Standing): boolean =>
  ["accepted", "offered", "pending", "waitlisted", "tentative"].includes(standing);

/** Whether it can be given back: also where the event is not open to them any more, or the host has taken it away. */
export const mayLeave = (found: ParticipationByToken): boolean =>
  isPresent(standingOf({ ...found, event: { ...found.event, hiddenAt: null }, open: true }));
