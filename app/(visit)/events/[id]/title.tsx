import type { ReactNode } from "react";
import { Avatar } from "#app/_ui/avatar.tsx";
import { linkLook } from "#app/_ui/button.tsx";
import type { FullEvent } from "#lib/event/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { actorPath, mediaPath } from "#lib/urls.ts";

type Props = {
  t: Translate;
  event: FullEvent["event"];
  organizer: FullEvent["organizer"];
  author: FullEvent["author"];
  /** The group, which is elsewhere, does not show it. */
  refused: boolean;
  children: ReactNode;
};

/** The name of an event, who organises it, and which server it comes from; for a group elsewhere, also who makes it. */
export const EventTitle = ({ t, event, organizer, author, refused, children }: Props) => (
  <div className="w-full min-w-0 pt-3 sm:w-auto sm:flex-1">
    <h1 className="p-name hyphens-auto" dir="auto" lang={event.language === "und" ? undefined : event.language}>
      {event.name}
    </h1>
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-lg">
      {organizer.iconId && <Avatar src={mediaPath(organizer.iconId)} size="line" />}
      <a className={linkLook} href={actorPath(organizer.handle, organizer.host)} rel="author">
        {t("event.organizedBy", { name: organizer.name })}
      </a>
      {organizer.host && (
        <span className="text-muted">
          {author ? organizer.host : t("federation.fromServer", { host: organizer.host })}
        </span>
      )}
    </p>
    {event.awaiting && organizer.host && (
      <p className="mt-1 text-muted">{t(refused ? "desk.refused" : "desk.awaiting", { host: organizer.host })}</p>
    )}
    {author && (
      <p className="mt-1 flex flex-wrap gap-x-2">
        <a className={linkLook} href={actorPath(author.handle, author.host)}>
          {t("federation.madeBy", { name: author.name || author.handle })}
        </a>
        {author.host && <span className="text-muted">{t("federation.fromServer", { host: author.host })}</span>}
      </p>
    )}
    {children}
  </div>
);
