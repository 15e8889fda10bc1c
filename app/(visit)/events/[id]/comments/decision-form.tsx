import { Button, linkLook } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { versionOf } from "#lib/discussion/comment/commands.ts";
import type { Translate } from "#lib/locale/index.ts";
import { commentPath } from "#lib/urls.ts";

/** For the staff of the event: what can be decided about a comment. `from`: the list to come back to, if not the page. */
export function DecisionForm({
  t,
  comment,
  from = "",
}: {
  t: Translate;
  comment: { id: string; state: string; editedAt: Date | null };
  from?: string;
}) {
  const path = `${commentPath(comment.id)}/decision`;
  return (
    <form method="post" action={path} className="flex flex-wrap gap-2">
      <FormGuard path={path} />
      <input type="hidden" name="seen" value={versionOf(comment)} />
      {from && <input type="hidden" name="from" value={from} />}
      {comment.state !== "published" && (
        <Button name="state" value="published">
          {t(comment.state === "waiting" ? "discussion.approve" : "discussion.show")}
        </Button>
      )}
      {comment.state === "waiting" && (
        <Button look="danger" name="state" value="hidden">
          {t("discussion.hide")}
        </Button>
      )}
      {comment.state === "published" && (
        <button type="submit" name="state" value="hidden" className={`min-h-11 cursor-pointer text-sm ${linkLook}`}>
          {t("discussion.hide")}
        </button>
      )}
    </form>
  );
}
