import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../../frame.tsx";
import { AwayPart, HerePart } from "./parts.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moving.title"), robots: { index: false } };
}

/** The two sides of a group's way from one server to another; of one that has gone, the way back. Two queries. */
export default async function MoveGroup({ params, searchParams }: Props) {
  const [{ id }, { form, done }] = [await params, await searchParams];
  const page = `${groupDeskPath(encodeURIComponent(id))}/moving`;
  const { viewer, timezone } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const group = await getDeskGroup(database(), viewer, id, "move");
  const labels = { to: t("moving.awayField"), former: t("moving.hereField") };
  if (!group) return formGone(t, await typedBefore(form, page), labels);
  const state = await formState(t, form, page, labels);
  const back = `${page}/return`;
  return (
    <GroupFrame t={t} group={group} here={null} title={t("moving.title")} said={done}>
      <div className="grid max-w-[40rem] gap-8">
        <ErrorSummary t={t} errors={state.errors} />
        {group.movedAt ? (
          <section aria-labelledby="back-title" className="grid gap-3">
            <p>
              {t("moving.since", { date: dateFormat(locale, timezone, { dateStyle: "long" }).format(group.movedAt) })}
            </p>
            <h2 id="back-title" className="text-xl">
              {t("moving.backTitle")}
            </h2>
            <p>{t("moving.backText")}</p>
            <form method="post" action={back}>
              <FormGuard path={back} />
              <Button>{t("moving.backButton")}</Button>
            </form>
          </section>
        ) : (
          <>
            <p>{t("moving.lead")}</p>
            <AwayPart t={t} page={page} group={group} state={state} label={labels.to} />
            <HerePart t={t} page={page} group={group} state={state} label={labels.former} />
          </>
        )}
      </div>
    </GroupFrame>
  );
}
