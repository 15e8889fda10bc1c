type Phased = {
  state: string;
  status: string;
  startTime: Date;
  endTime: Date;
  previousStartTime: Date | null;
  maximumAttendeeCapacity: number | null;
  seatsTaken: number;
};

type Phase = "draft" | "scheduled" | "cancelled" | "over" | "running" | "tentative" | "moved" | "full" | "upcoming";

/** What has to be said of an event at `now` before anything else: the gravest thing that holds. */
export function phaseOf(event: Phased, now: Date): Phase {
  if (event.state === "draft" || event.state === "scheduled") return event.state;
  if (event.status === "cancelled") return "cancelled";
  if (event.endTime <= now) return "over";
  if (event.status === "tentative") return "tentative";
  if (event.startTime <= now) return "running";
  if (event.previousStartTime && event.previousStartTime.getTime() !== event.startTime.getTime()) return "moved";
  if (event.maximumAttendeeCapacity !== null && event.seatsTaken >= event.maximumAttendeeCapacity) return "full";
  return "upcoming";
}
