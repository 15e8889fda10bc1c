import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import type { Translate } from "#lib/locale/index.ts";
import type { Wish } from "#lib/notification/suppression/commands.ts";
import { getSilence, getStopLink, type Silence } from "#lib/notification/suppression/queries.ts";
import { ownHost, unsubscribePath } from "#lib/urls.ts";
import { StopKind } from "./stop-kind.tsx";

type Props = { params: Promise<{ signed: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("mail.stopTitleGone"), robots: { index: false }, referrer: "no-referrer" };
}

function State({ t, silence, known }: { t: Translate; silence: Silence; known: boolean }) {
  if (silence.server === "bounce") return <Notice kind="warn" role="status" title={t("mail.stoppedBounce")} />;
  if (silence.server) return <Notice kind="ok" role="status" title={t("mail.stoppedServer")} />;
  if (!known) return <Notice kind="info" role="status" title={t("mail.stopErased")} />;
  if (silence.event) return <Notice kind="ok" role="status" title={t("mail.stoppedEvent")} />;
  return <Notice kind="info" role="status" title={t("mail.allowed")} />;
}

/** What a mailed stop link offers: nothing happens before one of the buttons is pressed. */
export default async function Unsubscribe({ params, searchParams }: Props) {
  const { signed } = await params;
  const link = await getStopLink(database(), signed);
  if (!link) return absent();
  const { t } = await getReader();
  if (link.choice) return <StopKind t={t} signed={signed} choice={link.choice} />;
  const silence = await getSilence(database(), link);
  const path = unsubscribePath(signed);
  const { errors } = await formState(t, (await searchParams).form, path);
  const action = `${path}/choice`;
  const stopped = silence.server !== null || silence.event;
  const forms: { wish: Wish; label: string; hint?: string }[] = [];
  if (link.participationId && link.emailKey && !stopped)
    forms.push({ wish: "event", label: t("mail.stopEventButton"), hint: t("mail.stopEventHint") });
  if (link.emailKey && !silence.server)
    forms.push({ wish: "server", label: t("mail.stopServerButton"), hint: t("mail.stopServerHint") });
  if (stopped) forms.push({ wish: "allow", label: t("mail.allowButton") });
  return (
    <div className="mx-auto grid max-w-[40rem] gap-6 pt-8">
      <h1 className="text-2xl">
        {link.eventName ? t("mail.stopTitle", { name: link.eventName }) : t("mail.stopTitleGone")}
      </h1>
      <ErrorSummary t={t} errors={errors} />
      <p>{t("mail.stopIntro", { host: ownHost() })}</p>
      <State t={t} silence={silence} known={link.emailKey !== null} />
      {forms.map(({ wish, label, hint }, index) => (
        <form key={wish} method="post" action={action} className="grid justify-items-start gap-2">
          <FormGuard path={action} />
          <input type="hidden" name="wish" value={wish} />
          <Button look={index === 0 ? "filled" : "outlined"}>{label}</Button>
          {hint && <p className="text-sm text-muted">{hint}</p>}
        </form>
      ))}
    </div>
  );
}
