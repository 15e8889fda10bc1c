import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Translate } from "#lib/locale/index.ts";
import { isSilenced } from "#lib/notification/suppression/queries.ts";
import { getParticipationByToken, type ParticipationByToken } from "#lib/participation/queries.ts";
import { countBefore } from "#lib/participation/waiting-list/queries.ts";
import { participationPath } from "#lib/urls.ts";
import { joinLabels } from "../../events/[id]/join-form.tsx";
import { UnknownLink } from "../unknown-link.tsx";
import { ChangeForm } from "./change-form.tsx";
import { ConfirmForm } from "./confirm-form.tsx";
import { keptUnder } from "./door.ts";
import { DoorCode } from "./door-code.tsx";
import { EventBlock } from "./event-block.tsx";
import { KeepForm } from "./keep-form.tsx";
import { ReminderForm } from "./reminder-form.tsx";
import { Sentence } from "./sentence.tsx";
import { isElsewhere, isPresent, mayLeave, standingOf } from "./standing.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("participation.title"), robots: { index: false } };
}

/** Where no mail goes: their own server tells them. */
const doneElsewhere = {
  confirmed: "participation.elsewhereConfirmed",
  requested: "participation.elsewhereRequested",
  waiting: "participation.elsewhereWaiting",
  left: "participation.elsewhereLeft",
} as const;
const done = {
  confirmed: "participation.doneConfirmed",
  requested: "participation.doneRequested",
  waiting: "participation.doneWaiting",
  reminder: "participation.doneReminder",
  again: "participation.doneAgain",
  changed: "participation.doneChanged",
  left: "participation.doneLeft",
} as const;

const doneSilent = { ...done, confirmed: "participation.silentConfirmed" } as const;

/** My participation, by the link from a mail. Reading it changes nothing. */
export default async function Participation({ params, searchParams }: Props) {
  const [{ token }, search] = [await params, await searchParams];
  const { t, locale } = await getReader();
  const db = database();
  const found = await getParticipationByToken(db, token);
  if (!found) return <UnknownLink />;
  const path = participationPath(token);
  const labels = joinLabels(
    t,
    found.asked.map(({ question }) => question),
  );
  const state = await formState(t, search.form, keptUnder(token), labels);
  const standing = standingOf(found);
  const place = standing === "waitlisted" ? 1 + (await countBefore(db, found.participation)) : 0;
  const elsewhere = isElsewhere(found);
  const silent = standing === "accepted" && !elsewhere && (await isSilenced(db, found.participation));
  const words = silent ? doneSilent : elsewhere || standing === "closed" ? { ...done, ...doneElsewhere } : done;
  const word = Object.hasOwn(words, String(search.done)) ? words[search.done as keyof typeof words] : null;
  const props = { t, locale, path, found, state };
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      {word && <Notice kind="ok" id="done" role="status" title={t(word)} />}
      <ErrorSummary t={t} errors={state.errors} />
      <div className="grid gap-3">
        <h1>{t(`participation.${standing}`)}</h1>
        <Sentence t={t} locale={locale} standing={standing} found={found} place={place} />
      </div>
      <EventBlock t={t} locale={locale} found={found} />
      {isPresent(standing) && found.event.status === "tentative" && (
        <Notice kind="warn" title={t(elsewhere ? "participation.elsewhereDateOpen" : "participation.dateOpen")} />
      )}
      {isPresent(standing) && found.event.previousStartTime && (
        <Notice
          kind="warn"
          title={t("participation.moved", {
            date: shortDate(locale, { ...found.event, startTime: found.event.previousStartTime }, found.now),
          })}
        />
      )}
      {["toConfirm", "left", "tentative"].includes(standing) && <ConfirmForm {...props} />}
      {standing === "offered" && <KeepForm t={t} path={path} />}
      {standing === "accepted" && !elsewhere && !silent && found.event.startTime > found.now && (
        <ReminderForm t={t} path={path} on={found.participation.reminder} />
      )}
      {standing === "accepted" && (
        <div>
          <ButtonLink href={`${path}/event.ics`}>{t("participation.calendar")}</ButtonLink>
        </div>
      )}
      {standing === "accepted" && found.event.attendanceMode !== "online" && (
        <DoorCode t={t} eventId={found.event.id} participationId={found.participation.id} />
      )}
      {isPresent(standing) && (
        <details open={state.kept !== null} className="rounded-card border border-line bg-surface px-4 py-2">
          <summary className="flex min-h-11 items-center font-semibold after:ms-auto">
            {t("participation.changeTitle")}
          </summary>
          <div className="py-3">
            <ChangeForm {...props} />
          </div>
        </details>
      )}
      <Ways t={t} path={path} found={found} />
    </div>
  );
}

function Ways({ t, path, found }: { t: Translate; path: string; found: ParticipationByToken }) {
  const standing = standingOf(found);
  return (
    <nav aria-label={t("participation.endTitle")} className="flex flex-wrap gap-x-6 border-t border-line pt-2">
      {mayLeave(found) && (
        <a href={`${path}/leave`} className={wayLook}>
          {t("participation.leaveLink")}
        </a>
      )}
      <a href={`${path}/erase`} className={wayLook}>
        {t("participation.eraseLink")}
      </a>
      <a href="/participations/links" className={wayLook}>
        {t("participation.linksTitle")}
      </a>
      {!isPresent(standing) && standing !== "toConfirm" && (
        <a href="/" className={wayLook}>
          {t("participation.findMore")}
        </a>
      )}
    </nav>
  );
}
