import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { GroupFields, groupLabels } from "../../fields.tsx";
import { GroupFrame } from "../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabSettings"), robots: { index: false } };
}

/** What a group says of itself and its rules, and the ways to move and to close it. One query. */
export default async function GroupSettings({ params, searchParams }: Props) {
  const [{ id }, { form, done }] = [await params, await searchParams];
  const page = `${groupDeskPath(encodeURIComponent(id))}/settings`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const group = await getDeskGroup(database(), viewer, id, "settings");
  if (!group) return formGone(t, await typedBefore(form, page), groupLabels(t));
  const state = await formState(t, form, page, groupLabels(t));
  const action = `${page}/change`;
  return (
    <GroupFrame t={t} group={group} here="settings" title={t("group.tabSettings")} said={done}>
      <div className="grid max-w-[40rem] gap-8">
        <ErrorSummary t={t} errors={state.errors} />
        <form method="post" action={action} encType="multipart/form-data" className="grid gap-6">
          <FormGuard path={action} />
          <GroupFields t={t} state={state} known={group} />
          <p>
            <Button look="filled">{t("group.save")}</Button>
          </p>
        </form>
        <p className="flex flex-wrap gap-3 border-t border-line pt-6">
          <ButtonLink href={`${groupDeskPath(id)}/moving`}>{t("moving.title")}</ButtonLink>
          <ButtonLink look="danger" href={`${groupDeskPath(id)}/closing`}>
            {t("group.closeTitle")}
          </ButtonLink>
        </p>
      </div>
    </GroupFrame>
  );
}
