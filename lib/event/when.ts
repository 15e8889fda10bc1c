import { Refusal } from "#lib/refusal.ts";
import { instantsOf, occurrences, type TypedTime, tzdata } from "#lib/time.ts";

/** Time columns of an event: what was typed (all day: whole days), the instants that follow, and by which zone rules. */
type TimeColumns = Required<TypedTime> & { startTime: Date; endTime: Date; tzdata: string };

/**
 * The time columns of what was typed.
 * @throws Refusal date-in-gap (field startWall or endWall), end-before-start.
 */
export function timeColumns(typed: TypedTime): TimeColumns {
  const { allDay, timezone, startFold = 0, endFold = 0 } = typed;
  const day = (wall: string) => `${wall.slice(0, 10)}T00:00:00`;
  const startWall = allDay ? day(typed.startWall) : typed.startWall.replace(" ", "T");
  const endWall = typed.endWall && (allDay ? day(typed.endWall) : typed.endWall.replace(" ", "T"));
  if (!allDay) {
    if (occurrences(startWall, timezone) === 0) throw new Refusal("date-in-gap", { field: "startWall" });
    if (endWall && occurrences(endWall, timezone) === 0) throw new Refusal("date-in-gap", { field: "endWall" });
  }
  const columns = { startWall, endWall, timezone, allDay, startFold, endFold };
  const { startTime, endTime } = instantsOf(columns);
  if (endTime < startTime) throw new Refusal("end-before-start", { field: "endWall" });
  return { ...columns, startTime, endTime, tzdata: tzdata() };
}
