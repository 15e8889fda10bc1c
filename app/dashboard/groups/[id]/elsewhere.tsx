import { Button, linkLook } from "#app/_ui/button.tsx";
import { DateBlock } from "#app/_ui/date-block.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { wish } from "#app/(visit)/groups/asked.tsx";
import type { ElsewhereRow } from "#lib/event/desk/queries.ts";
import { originOf } from "#lib/event/mirror/staleness.ts";
import { toneOf } from "#lib/formats/tone.ts";
import type { DeskGroup } from "#lib/group/queries.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { mayIn } from "#lib/policy/group.ts";
import { eventPath, groupDeskPath } from "#lib/urls.ts";

type Props = { t: Translate; locale: Locale; now: Date; group: DeskGroup; event: ElsewhereRow };

/**
 * An event of the group that lives on another server: when, what, by whom and where; it can be taken out, where that is
 * not the group's own, and no more.
 */
export function ElsewhereEvent({ t, locale, now, group, event }: Props) {
  const { author, home, host, name } = event;
  const action = `${groupDeskPath(group.id)}/events/removal`;
  return (
    <article
      data-tone={toneOf({ tone: event.tone, organizer: group })}
      className="tone flex gap-4 rounded-card border border-line bg-surface p-4"
    >
      <DateBlock t={t} locale={locale} now={now} event={event} />
      <div className="min-w-0 flex-1">
        <h3 className="text-lg/tight" dir="auto">
          <a href={eventPath(event.id)} className="hover:underline">
            {name}
          </a>
        </h3>
        <p className="mt-1 text-sm text-muted">
          {shortDate(locale, event, now)}
          {event.locality && (
            <>
              {" · "}
              <span dir="auto">{event.locality}</span>
            </>
          )}
        </p>
        {event.status === "cancelled" && <p className="text-sm font-semibold text-danger">{t("card.cancelled")}</p>}
        <p className="text-sm text-muted">
          <bdi>{author}</bdi>
          {" · "}
          <a className={linkLook} href={originOf(event)!} rel="nofollow noopener noreferrer">
            {t("federation.seeThere", { host })}
            <Icon name="external" size={16} className="ms-1 inline" />
          </a>
        </p>
        {event.ask && group.host && (
          <p className={event.ask.refused ? "text-sm font-semibold text-warn" : "text-sm text-muted"}>
            {wish(t, event.ask)} · {t(event.ask.refused ? "group.askRefused" : "group.askSent", { host: group.host })}
          </p>
        )}
        {!home && mayIn(group, "moderate") && (
          <details className="mt-1">
            <summary className="inline-flex min-h-11 items-center font-semibold text-danger">
              {t("group.takeOut")}
            </summary>
            <form method="post" action={action} className="grid max-w-[36rem] gap-3 pt-1">
              <FormGuard path={action} />
              <input type="hidden" name="event" value={event.id} />
              <p>{t("group.takeOutText", { host })}</p>
              <Button look="danger-filled" className="justify-self-start" aria-label={t("group.takeOutOf", { name })}>
                {t("group.takeOut")}
              </Button>
            </form>
          </details>
        )}
      </div>
    </article>
  );
}
