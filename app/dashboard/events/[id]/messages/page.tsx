import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { CheckField, SelectField, TextArea, TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { audiences, countTellable, listAnnouncements } from "#lib/notification/announcement/queries.ts";
import { getDecidableEvent } from "#lib/participation/desk/queries.ts";
import { listMessages } from "#lib/participation/message/queries.ts";
import { Done, EventFrame } from "../../../frame.tsx";
import { Received } from "./received.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.messagesTitle"), robots: { index: false } };
}

/** Write to those who take part, and what was written before. */
export default async function Messages({ params, searchParams }: Props) {
  const [{ id }, { form, done, count }] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/messages`;
  const { viewer } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const db = database();
  const at = await getDecidableEvent(db, viewer, id);
  const labels = {
    audience: t("desk.messageAudience"),
    name: t("desk.messageSubject"),
    content: t("desk.messageContent"),
    shown: t("desk.messageShown"),
  };
  if (!at) return formGone(t, await typedBefore(form, page), labels);
  const [state, listed, sent, received] = await Promise.all([
    formState(t, form, page, labels),
    countTellable(db, id),
    listAnnouncements(db, id),
    listMessages(db, id),
  ]);
  const { value, error } = state;
  const action = `${page}/request`;
  const when = dateFormat(locale, at.event.timezone, { dateStyle: "medium", timeStyle: "short" });
  return (
    <EventFrame t={t} event={at.event} role={at.role} here="messages" title={t("desk.messagesTitle")}>
      <Done t={t} said={done} count={count} />
      <form method="post" action={action} className="grid max-w-[40rem] gap-5">
        <FormGuard path={action} />
        <ErrorSummary t={t} errors={state.errors} />
        <p>{t("desk.messagesText")}</p>
        <SelectField
          name="audience"
          label={labels.audience}
          defaultValue={value("audience", "all")}
          error={error("audience")}
        >
          {audiences.map((one) => (
            <option key={one} value={one}>
              {t(`desk.audience_${one}`, { count: listed[one] })}
            </option>
          ))}
        </SelectField>
        <TextField
          name="name"
          required
          maxLength={100}
          dir="auto"
          autoComplete="off"
          label={labels.name}
          mark={t("site.required")}
          defaultValue={value("name")}
          error={error("name")}
        />
        <TextArea
          name="content"
          required
          rows={8}
          maxLength={5000}
          dir="auto"
          label={labels.content}
          mark={t("site.required")}
          defaultValue={value("content")}
          error={error("content")}
        />
        <CheckField
          name="shown"
          label={labels.shown}
          defaultChecked={value("shown") === "yes"}
          error={error("shown")}
        />
        <div>
          <Button look="filled">{t("desk.messageSend")}</Button>
        </div>
      </form>
      <Received t={t} messages={received} when={when} />
      <section className="grid max-w-[40rem] gap-3">
        <h2 className="text-xl">{t("desk.messagesSent")}</h2>
        {sent.length === 0 && <p className="text-muted">{t("desk.messagesNone")}</p>}
        {sent.map((one) => (
          <article key={one.id} className="rounded-card border border-line bg-surface p-4">
            <h3 className="text-lg" dir="auto">
              {one.name}
            </h3>
            <p className="text-sm text-muted">
              {when.format(one.createdAt)}
              {one.shown && <> · {t("desk.messageOnPage")}</>}
            </p>
            <p className="mt-2 whitespace-pre-line" dir="auto">
              {one.content}
            </p>
          </article>
        ))}
      </section>
    </EventFrame>
  );
}
