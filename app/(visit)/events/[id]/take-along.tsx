import type { ReactNode } from "react";
import { wayLook } from "#app/_ui/button.tsx";
import { Icon, type IconName } from "#app/_ui/icon.tsx";
import { GuardSlot } from "#app/_web/still.tsx";
import { OwnServerForm, ownServerAction } from "#app/own-server/form.tsx";
import { ReportLink } from "#app/report/link.tsx";
import { googleLink, type Linked, outlookLink } from "#lib/formats/calendar-links.ts";
import { type Shared, shareLink, shareNames } from "#lib/formats/share-links.ts";
import type { Translate } from "#lib/locale/index.ts";
import { sharePlace } from "./places.ts";

function Drawer({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <details className="rounded-card border border-line bg-surface open:pb-3">
      <summary className="flex min-h-11 items-center gap-2 px-4 font-semibold after:ms-auto">
        <Icon name={icon} className="text-tone" />
        {title}
      </summary>
      <div className="px-4">{children}</div>
    </details>
  );
}

/** An address to copy. */
export const Address = ({ label, value }: { label: string; value: string }) => (
  <label className="mt-2 grid gap-1 text-sm font-semibold">
    {label}
    <input
      readOnly
      value={value}
      className="min-h-11 w-full rounded-control border border-control bg-sunken px-3 font-normal"
    />
  </label>
);

type CalendarProps = {
  t: Translate;
  path: string;
  linked: Linked;
  /** Address of the organiser's calendar. */
  subscription: string;
  organizer: string;
  /** Then the file alone is offered: it takes the entry back. */
  calledOff: boolean;
};

/** Add to calendar, in the order of what works best everywhere. */
function CalendarDrawer({ t, path, linked, subscription, organizer, calledOff }: CalendarProps) {
  const services = [
    ["Google", googleLink(linked)],
    ["Outlook.com", outlookLink(linked, "live")],
    ["Microsoft 365", outlookLink(linked, "office")],
  ] as const;
  return (
    <Drawer icon="calendar" title={t("event.addToCalendar")}>
      <ul className="grid">
        <li>
          <a className={wayLook} href={`${path}/event.ics`} download>
            {t("event.calendarFile")}
          </a>
        </li>
        {!calledOff &&
          services.map(([name, href]) => (
            <li key={name}>
              <a className={wayLook} href={href} rel="nofollow noopener noreferrer">
                {name}
              </a>
            </li>
          ))}
        <li>
          <a className={wayLook} href={subscription.replace(/^https?:/, "webcal:")}>
            {t("event.calendarSubscribe", { name: organizer })}
          </a>
        </li>
      </ul>
      <Address label={t("event.calendarAddress")} value={subscription} />
    </Drawer>
  );
}

type ShareProps = { t: Translate; path: string; shared: Shared; unlisted: boolean };

/** Share: the address to copy first, room for what `ShareIsland` adds, then plain links. Nothing of the services is loaded. */
export function ShareDrawer({ t, path, shared, unlisted }: ShareProps) {
  const targets = ["bluesky", "facebook", "x", "whatsapp", "telegram", "linkedin", "mail"] as const;
  return (
    <Drawer icon="share" title={t("event.share")}>
      {unlisted && <p className="mb-2 text-sm text-muted">{t("event.shareUnlisted")}</p>}
      <Address label={t("event.shareAddress")} value={shared.url} />
      <div id={sharePlace} />
      <ul className="mt-1 flex flex-wrap gap-x-5">
        <li>
          <a className={wayLook} href={`${path}/share`} rel="nofollow">
            {t("event.shareMastodon")}
          </a>
        </li>
        {targets.map((target) => (
          <li key={target}>
            <a className={wayLook} href={shareLink(target, shared)} rel="nofollow noopener noreferrer">
              {target === "mail" ? t("event.shareMail") : shareNames[target]}
            </a>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}

/** What `ShareIsland` adds to it. */
export const sharingOf = (t: Translate, { url, name: title, text }: Shared) => ({
  ...{ url, title, text },
  words: { copy: t("event.copy"), copied: t("event.copied"), system: t("event.shareSystem") },
});

type OwnServerProps = { t: Translate; path: string; uri: string; remembered: string };

/** For people of other servers: their own server's page for this event, or its address in the network. */
const OwnServerDrawer = ({ t, path, uri, remembered }: OwnServerProps) => (
  <Drawer icon="globe" title={t("federation.ownJoin")}>
    <p className="mb-3 text-sm text-muted">{t("federation.ownText")}</p>
    <OwnServerForm
      t={t}
      path={path}
      typed={remembered}
      remembered={remembered !== ""}
      guard={<GuardSlot path={ownServerAction} />}
    />
    <Address label={t("federation.ownCopy")} value={uri} />
  </Drawer>
);

type Props = CalendarProps &
  ShareProps & {
    /** The event's id in the network; null: it has none yet. */
    uri: string | null;
    /** The reader's address on their own server, where this browser keeps it; else empty. */
    remembered: string;
  };

/** What one can do with an event besides taking part. */
export const TakeAlong = ({ uri, remembered, ...props }: Props) => (
  <div className="grid gap-3 print:hidden">
    <CalendarDrawer {...props} />
    <ShareDrawer {...props} />
    {uri && (
      <>
        <OwnServerDrawer t={props.t} path={props.path} uri={uri} remembered={remembered} />
        <ReportLink t={props.t} path={props.path} />
      </>
    )}
  </div>
);
