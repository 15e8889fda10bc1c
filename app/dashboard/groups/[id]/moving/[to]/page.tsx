import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { countAhead } from "#lib/event/queries.ts";
import { addressOf, obstacle } from "#lib/group/moving/home.ts";
import { getDestination } from "#lib/group/moving/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { isId } from "#lib/ids.ts";
import type { Translate } from "#lib/locale/index.ts";
import { groupDeskPath, ownHost } from "#lib/urls.ts";
import { GroupFrame } from "../../../frame.tsx";
import { TypedHandle } from "../../../typed-handle.tsx";

type Props = {
  params: Promise<{ id: string; to: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moving.title"), robots: { index: false } };
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid gap-2">
    <h2 className="text-xl">{title}</h2>
    <ul className="grid list-disc gap-1 ps-5">{children}</ul>
  </section>
);

/** How one becomes a member where the group is to be. */
const ruleOf = (t: Translate, openness: string | null): string =>
  openness
    ? t("moving.rule", { openness: t(`group.${openness as "open" | "moderated" | "invite_only"}`) })
    : t("moving.ruleNone");

/** What follows when a group moves, in words and numbers, before the one button; only who types its handle means it. Three queries. */
export default async function ConfirmMove({ params, searchParams }: Props) {
  const [{ id, to: toId }, { form }] = [await params, await searchParams];
  const desk = `${groupDeskPath(encodeURIComponent(id))}/moving`;
  const page = `${desk}/${encodeURIComponent(toId)}`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const db = database();
  const [group, found, ahead] = await Promise.all([
    getDeskGroup(db, viewer, id, "move"),
    isId(id) && isId(toId) ? getDestination(db, { groupId: id, toId }) : null,
    isId(id) ? countAhead(db, id) : 0,
  ]);
  const labels = { handle: t("group.closeField") };
  if (!group || group.movedTo || !found) return formGone(t, await typedBefore(form, page), labels);
  const { to, followers, members } = found;
  const address = addressOf(to);
  const state = await formState(t, form, page, labels);
  const action = `${page}/request`;
  const wrong = obstacle(group, to);
  return (
    <GroupFrame t={t} group={group} here={null} title={<bdi>{t("moving.confirmTitle", { address })}</bdi>}>
      <div className="grid max-w-[40rem] gap-6">
        <ErrorSummary t={t} errors={state.errors} />
        {wrong ? (
          <>
            <Notice kind="warn" title={t(`refusals.${wrong}`)} />
            <p>
              <ButtonLink href={desk}>{t("moving.title")}</ButtonLink>
            </p>
          </>
        ) : (
          <>
            <p>{t("moving.confirmLead")}</p>
            <Part title={t("moving.over")}>
              <li>
                {t("moving.followers", { count: followers })} {followers > 0 && t("moving.understands")}
              </li>
              <li>
                {t("moving.members", { count: members })} {ruleOf(t, to.openness)}
              </li>
            </Part>
            <Part title={t("moving.stays")}>
              <li>{t("moving.events", { count: ahead })}</li>
              <li>{t("moving.words")}</li>
              <li>{t("moving.address", { address: `@${group.handle}@${ownHost()}` })}</li>
            </Part>
            <Part title={t("moving.ends")}>
              <li>{t("moving.nothingNew")}</li>
              {group.visibility === "public" && <li>{t("moving.listed")}</li>}
            </Part>
            <p>{t("moving.back")}</p>
            <TypedHandle
              {...{ t, action, state }}
              handle={group.handle}
              label={labels.handle}
              button={t("moving.button")}
              stay={{ href: desk, label: t("moving.stay") }}
            />
          </>
        )}
      </div>
    </GroupFrame>
  );
}
