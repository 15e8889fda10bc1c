import { sql } from "drizzle-orm";

export type ListedEvent = {
  id: string;
  /** Its id in the network; null: it is of this server. */
  uri: string | null;
  name: string;
  startTime: Date;
  endTime: Date;
  endWall: string | null;
  timezone: string;
  allDay: boolean;
  status: string;
  visibility: string;
  attendanceMode: string;
  joinMode: string;
  full: boolean;
  waitingList: boolean;
  series: boolean;
  language: string;
  tone: string | null;
  locality: string | null;
  updatedAt: Date;
  /** `host`: the server it comes from, null for this one. */
  organizer: { id: string; name: string; host: string | null; tone: string | null };
  cover: { id: string; alt: string; width: number; height: number } | null;
};

/** What lists show of the event `e`, its organiser `a` and its cover `m`, each by primary key. */
export const summaryColumns = sql`
  e.id, e.uri, e.name, e.start_time as "startTime", e.end_time as "endTime", e.end_wall::text as "endWall", e.timezone,
  e.all_day as "allDay", e.status, e.visibility, e.attendance_mode as "attendanceMode", e.join_mode as "joinMode",
  coalesce(e.seats_taken >= e.maximum_attendee_capacity, false) as "full", e.waiting_list as "waitingList",
  (e.series_id is not null or e.recurrence_rule is not null) as series, e.language, e.tone, e.locality,
  e.updated_at as "updatedAt", json_build_object('id', a.id, 'name', coalesce(nullif(a.name, ''), a.handle), 'host', a.host, 'tone', a.tone) as organizer,
  case when m.path is not null then json_build_object('id', m.id, 'alt', m.name, 'width', m.width, 'height', m.height) end as cover`;

export const summaryJoins = sql`join actors a on a.id = e.organizer_id left join media m on m.id = e.cover_id`;

/** Raw rows carry instants as text. */
export const asListed = <T extends { startTime: unknown; endTime: unknown; updatedAt: unknown }>(row: T) => ({
  ...row,
  startTime: new Date(row.startTime as string),
  endTime: new Date(row.endTime as string),
  updatedAt: new Date(row.updatedAt as string),
});
