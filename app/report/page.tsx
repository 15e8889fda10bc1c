import type { Metadata } from "next";
import { Button, wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { CheckField, TextArea } from "#app/_ui/field.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { reportedAt } from "./thing.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const action = "/report/request";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.report"), robots: { index: false } };
}

/** Tell those who run this server what is wrong with something that it shows; no account is needed. Three queries. */
export default async function Report({ searchParams }: Props) {
  const [{ t }, search, { name: server }, viewer] = await Promise.all([
    getReader(),
    searchParams,
    ownInstance(),
    getViewer(),
  ]);
  const labels = { content: t("moderation.reportLabel") };
  const form = await formState(t, search.form, "/report", labels);
  const thing = await reportedAt(viewer, form.kept ? form.value("with") : search.with);
  if (!thing) return formGone(t, form.kept, labels);
  const sent = form.kept?.outcome === "sent";
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1 className="wrap-anywhere">{t("moderation.reportTitle", { name: thing.name })}</h1>
      <ErrorSummary t={t} errors={form.errors} />
      {sent ? (
        <Notice kind="ok" id="done" role="status" title={t("moderation.reportSent")} />
      ) : (
        <>
          <p className="text-muted">{t("moderation.reportText", { server })}</p>
          <form method="post" action={action} className="grid gap-4">
            <FormGuard path={action} />
            <input type="hidden" name="with" value={thing.path} />
            {thing.quote && (
              <>
                <p>{t(thing.target.commentId ? "moderation.reportUnder" : "moderation.reportAmong")}</p>
                <blockquote className="border-s-4 border-line ps-4 wrap-anywhere text-muted" dir="auto">
                  {thing.quote}
                </blockquote>
                <CheckField
                  name="quote"
                  label={t("moderation.reportQuote", { server })}
                  defaultChecked={!form.kept || form.value("quote") === "yes"}
                />
              </>
            )}
            <TextArea
              name="content"
              label={labels.content}
              error={form.error("content")}
              defaultValue={form.value("content")}
              maxLength={5000}
              rows={6}
              required
            />
            <p>
              <Button look="filled">{t("moderation.reportSend")}</Button>
            </p>
          </form>
        </>
      )}
      <p>
        <a className={wayLook} href={thing.back} dir="auto">
          {t("moderation.reportBack", { name: thing.name })}
        </a>
      </p>
    </div>
  );
}
