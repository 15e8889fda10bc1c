import type { Metadata } from "next";
import { Button, wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import type { Mark } from "#lib/discussion/thread/input.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { canName, canPin } from "#lib/policy/discussion.ts";
import { mayIn } from "#lib/policy/group.ts";
import { discussionPath } from "#lib/urls.ts";
import { Asked } from "../../../groups/asked.tsx";
import { DiscussionDone } from "../done.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("talk.manageTitle"), robots: { index: false } };
}

/** What somebody who decides can do to a discussion, and its title for whoever opened it. */
export default async function ManageDiscussion({ params, searchParams }: Props) {
  const [{ id }, { form, done }] = [await params, await searchParams];
  const path = discussionPath(encodeURIComponent(id));
  const page = `${path}/manage`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const discussion = await getDiscussion(database(), viewer, id);
  const labels = { name: t("talk.name") };
  if (!discussion || discussion.deletedAt || !canName(viewer, discussion.group, discussion))
    return formGone(t, await typedBefore(form, page), labels);
  const { pinned, locked, group, ask } = discussion;
  const { errors, error, value } = await formState(t, form, page, labels);
  return (
    <div className="grid max-w-[40rem] gap-8 py-8">
      <div>
        <p>
          <a href={path} className={wayLook} dir="auto">
            {discussion.name}
          </a>
        </p>
        <h1>{t("talk.manageTitle")}</h1>
        <p className="mt-1 text-muted">
          {group.host ? t("talk.manageThere", { host: group.host }) : t("talk.manageText")}
        </p>
      </div>
      <DiscussionDone t={t} said={done} />
      <Asked t={t} ask={ask} host={group.host} />
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={`${path}/name`} className="grid gap-3">
        <FormGuard path={`${path}/name`} />
        <TextField
          name="name"
          required
          maxLength={200}
          dir="auto"
          label={labels.name}
          defaultValue={value("name", discussion.name)}
          error={error("name")}
        />
        <p>
          <Button look="filled">{t("talk.rename")}</Button>
        </p>
      </form>
      {mayIn(group, "moderate") && (
        <>
          <MarkForm
            t={t}
            path={`${path}/mark`}
            mark={locked ? "unlocked" : "locked"}
            word={locked ? "unlock" : "lock"}
          />
          {canPin(group) && (
            <MarkForm
              t={t}
              path={`${path}/mark`}
              mark={pinned ? "unpinned" : "pinned"}
              word={pinned ? "unpin" : "pin"}
            />
          )}
          <form method="post" action={`${path}/deletion`} className="grid gap-3 border-t border-line pt-6">
            <FormGuard path={`${path}/deletion`} />
            <h2 className="text-xl">{t("talk.deleteTitle")}</h2>
            <p>{t("talk.deleteText")}</p>
            <p>
              <Button look="danger">{t("talk.deleteButton")}</Button>
            </p>
          </form>
        </>
      )}
    </div>
  );
}

type MarkProps = { t: Translate; path: string; mark: Mark; word: "lock" | "unlock" | "pin" | "unpin" };

const MarkForm = ({ t, path, mark, word }: MarkProps) => (
  <form method="post" action={path} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-6">
    <FormGuard path={path} />
    <input type="hidden" name="mark" value={mark} />
    <Button>{t(`talk.${word}`)}</Button>
    <span>{t(`talk.${word}Text`)}</span>
  </form>
);
