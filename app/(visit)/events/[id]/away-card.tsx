import type { ReactNode } from "react";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { GuardSlot } from "#app/_web/still.tsx";
import { getSignedIn } from "#app/_web/viewer.ts";
import { unlessUnavailable } from "#db/unavailable.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { renewMirror } from "#lib/event/mirror/commands.ts";
import { isStale } from "#lib/event/mirror/staleness.ts";
import type { EventRow } from "#lib/event/queries.ts";
import { dayAndTime } from "#lib/locale/dates.ts";
import { awayObstacle } from "#lib/participation/away/commands.ts";
import { getAway } from "#lib/participation/away/queries.ts";
import { eventPath, signInAt } from "#lib/urls.ts";
import { JoinSection } from "./join-section.tsx";

type Props = { event: EventRow; host: string; search: Record<string, string | string[] | undefined>; now: Date };

/**
 * `#join` of an event of another server, for still markup: the way there, and for who has an account here, a seat by asking that server.
 * Two queries when signed in.
 */
export async function awayCard({ event, host, search, now }: Props): Promise<ReactNode> {
  const [{ t, locale }, who] = await Promise.all([getReader(), getSignedIn()]);
  await unlessUnavailable(renewMirror(database(), event, now));
  const obstacle = awayObstacle(event, now);
  const { errors } = await formState(t, search.form, eventPath(event.id));
  const place = who ? await getAway(database(), event.id, who.viewer.actorIds) : null;
  const profiles = who && !place && !obstacle ? await listActorsOf(database(), who.viewer.accountId) : [];
  const profile = profiles.find(({ id }) => id === who?.viewer.actorIds[0]) ?? profiles[0];
  const action = `${eventPath(event.id)}/place-away`;
  const there = event.externalParticipationUrl ?? event.url ?? event.uri!;
  const said = {
    pending: "federation.awayPending",
    accepted: "federation.awayAccepted",
    rejected: "federation.awayRejected",
  } as const;
  return (
    <JoinSection t={t}>
      <p>{t("federation.awayText", { host })}</p>
      {isStale(event, now) && event.fetchedAt && (
        <p className="flex items-start gap-1.5 text-sm text-muted">
          <Icon name="clock" size={16} className="mt-0.5" />
          {t("federation.notRefreshed", { when: dayAndTime(locale, event.fetchedAt, event.timezone) })}
        </p>
      )}
      <ErrorSummary
        t={t}
        errors={errors.filter(({ sentence }) => sentence !== (obstacle && t(`refusals.${obstacle}`)))}
      />
      {obstacle && obstacle !== "join-external" && <p className="font-semibold">{t(`refusals.${obstacle}`)}</p>}
      {place && (
        <p role="status" className="font-semibold">
          {t(said[place.state as keyof typeof said] ?? "federation.awayPending", { host })}
        </p>
      )}
      {(place || profile) && (
        <form method="post" action={action} className="grid">
          <GuardSlot path={action} />
          <input type="hidden" name="actor" value={place?.actorId ?? profile!.id} />
          {place && place.state !== "rejected" ? (
            <Button name="wanted" value="no">
              {t("federation.awayLeave")}
            </Button>
          ) : (
            profile && (
              <Button look="filled" name="wanted" value="yes">
                {t("federation.awayJoin", { name: profile.name || profile.handle })}
              </Button>
            )
          )}
        </form>
      )}
      <ButtonLink look={who || obstacle ? "outlined" : "filled"} href={there} rel="nofollow noopener noreferrer">
        {t(obstacle || who ? "federation.seeThere" : "federation.awayVisitor", { host: new URL(there).host })}
        <Icon name="external" size={16} />
      </ButtonLink>
      {!who && !obstacle && (
        <p>
          <a className={linkLook} href={signInAt(`${eventPath(event.id)}#join`)}>
            {t("federation.awaySignIn")}
          </a>
        </p>
      )}
    </JoinSection>
  );
}
