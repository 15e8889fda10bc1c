import type { Metadata } from "next";
import { wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { countAhead } from "#lib/event/queries.ts";
import { countMembers } from "#lib/group/membership/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../../frame.tsx";
import { TypedHandle } from "../../typed-handle.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.closeTitle"), robots: { index: false } };
}

/** Close a group for good: what follows is said before, in numbers, and only who types its handle means it. Three queries. */
export default async function CloseGroup({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const page = `${groupDeskPath(encodeURIComponent(id))}/closing`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const db = database();
  const group = await getDeskGroup(db, viewer, id, "close");
  const labels = { handle: t("group.closeField") };
  if (!group) return formGone(t, await typedBefore(form, page), labels);
  const [state, { members }, ahead] = await Promise.all([
    formState(t, form, page, labels),
    countMembers(db, id),
    countAhead(db, id),
  ]);
  const action = `${page}/request`;
  return (
    <GroupFrame t={t} group={group} here={null} title={t("group.closeTitle")}>
      <div className="grid max-w-[40rem] gap-5">
        <ErrorSummary t={t} errors={state.errors} />
        <p>{t("group.closeText")}</p>
        <ul className="grid list-disc gap-1 ps-5 font-semibold">
          <li>{t("group.closeEvents", { count: ahead })}</li>
          <li>{t("group.closeMembers", { count: members })}</li>
        </ul>
        {group.movedTo === null && (
          <p>
            {t("moving.closeInstead")}{" "}
            <a href={`${groupDeskPath(id)}/moving`} className={wayLook}>
              {t("moving.title")}
            </a>
          </p>
        )}
        <TypedHandle
          {...{ t, action, state }}
          handle={group.handle}
          label={labels.handle}
          button={t("group.closeButton")}
          stay={{ href: `${groupDeskPath(id)}/settings`, label: t("group.keep") }}
        />
      </div>
    </GroupFrame>
  );
}
