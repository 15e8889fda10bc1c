import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextArea } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { cancellationSample } from "#lib/mail/sample.ts";
import { countToldParticipations } from "#lib/notification/queries.ts";
import { EventFrame } from "../../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.cancelTitle"), robots: { index: false } };
}

/** Call an event off: a message, how many are told, and the mail that they get. */
export default async function CancelEvent({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/cancellation`;
  const { viewer } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const db = database();
  const found = await getDeskEvent(db, viewer, id);
  const labels = { message: t("desk.cancelMessage") };
  if (found?.event.state !== "published") return formGone(t, await typedBefore(form, page), labels);
  const [state, told, { name }] = await Promise.all([
    formState(t, form, page, labels),
    countToldParticipations(db, id),
    ownInstance(),
  ]);
  const sample = state.kept?.outcome === "preview" && cancellationSample(found, state.value("message"), name, locale);
  const action = `${page}/request`;
  return (
    <EventFrame t={t} event={found.event} role={found.role} here={null} title={t("desk.cancelTitle")}>
      <div className="grid max-w-[40rem] gap-5">
        <ErrorSummary t={t} errors={state.errors} />
        <p>{t("desk.cancelText")}</p>
        <p className="font-semibold">{t("desk.cancelTells", { count: told })}</p>
        <form method="post" action={action} className="grid gap-5">
          <FormGuard path={action} />
          <TextArea
            name="message"
            rows={5}
            maxLength={2000}
            dir="auto"
            label={labels.message}
            mark={t("site.optional")}
            defaultValue={state.value("message")}
            error={state.error("message")}
          />
          {sample && (
            <section
              id="mail"
              tabIndex={-1}
              aria-labelledby="mail-title"
              className="grid gap-2 rounded-card border border-line bg-sunken p-4 focus:outline-none"
            >
              <h2 id="mail-title" className="text-lg">
                {t("desk.cancelPreviewTitle")}
              </h2>
              <p>
                <span className="text-muted">{t("desk.cancelSubject")}</span>{" "}
                <span className="font-semibold" dir="auto">
                  {sample.subject}
                </span>
              </p>
              <pre className="font-sans whitespace-pre-wrap" dir="auto">
                {sample.text}
              </pre>
            </section>
          )}
          <div className="flex flex-wrap gap-3">
            <Button name="intent" value="preview">
              {t("desk.cancelPreview")}
            </Button>
            <Button look="danger-filled" name="intent" value="cancel">
              {t("desk.cancelButton")}
            </Button>
            <ButtonLink href={`/dashboard/events/${id}`}>{t("desk.keep")}</ButtonLink>
          </div>
        </form>
      </div>
    </EventFrame>
  );
}
