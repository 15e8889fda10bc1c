import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { TextArea } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { Report } from "#lib/moderation/flag/queries.ts";

type Props = { t: Translate; report: Report; path: string; note: string; error: string | null };

/** What can be done about a report, each with the same note; suspending somebody has a page of its own. */
export function Decisions({ t, report, path, note, error }: Props) {
  const { actor, comment, message, group, state } = report;
  const thing = report.post ?? report.event;
  const action = `${path}/decision`;
  const hidden = comment ? comment.state === "hidden" : thing?.hiddenAt !== null;
  // A group of another server decides there.
  const erasable = message?.deletedAt === null && group?.host === null;
  const hideable = comment ? comment.state !== "deleted" : thing?.state === "published";
  return (
    <section aria-labelledby="decide" className="grid max-w-[40rem] gap-4 border-t border-line pt-5">
      <h2 id="decide" className="text-xl">
        {t("moderation.decide")}
      </h2>
      <form method="post" action={action} className="grid gap-4">
        <FormGuard path={action} />
        <TextArea
          name="note"
          label={t("moderation.note")}
          hint={t("moderation.noteHint")}
          error={error}
          defaultValue={note}
          maxLength={1000}
        />
        <p className="flex flex-wrap gap-3">
          {state === "open" && (
            <>
              <Button look="filled" name="decision" value="resolve">
                {t("moderation.resolve")}
              </Button>
              <Button name="decision" value="dismiss">
                {t("moderation.dismiss")}
              </Button>
            </>
          )}
          {hideable && (
            <Button look={hidden ? "outlined" : "danger"} name="decision" value={hidden ? "show" : "hide"}>
              {t(hidden ? "moderation.show" : "moderation.hide")}
            </Button>
          )}
          {erasable && (
            <Button look="danger" name="decision" value="erase">
              {t("moderation.erase")}
            </Button>
          )}
          {actor?.host && (
            <Button name="decision" value="forward">
              {t("moderation.forward", { host: actor.host })}
            </Button>
          )}
          {actor && !actor.deletedAt && actor.suspendedAt && (
            <Button name="decision" value="restore">
              {t("moderation.restore", { name: actor.name ?? actor.handle })}
            </Button>
          )}
        </p>
        {erasable && <p className="text-sm text-muted">{t("moderation.eraseText")}</p>}
        {actor?.host && <p className="text-sm text-muted">{t("moderation.forwardText", { host: actor.host })}</p>}
      </form>
      {actor && !actor.deletedAt && !actor.suspendedAt && (
        <p>
          <ButtonLink look="danger" href={`${path}/suspension`}>
            {t("moderation.suspendLook", { name: actor.name ?? actor.handle })}
          </ButtonLink>
        </p>
      )}
    </section>
  );
}
