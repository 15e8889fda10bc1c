import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { TextArea } from "#app/_ui/field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { countShown, getReport } from "#lib/moderation/flag/queries.ts";
import { moderatorAt } from "../../../door.ts";
import { Frame } from "../../../frame.tsx";

type Props = { params: Promise<{ id: string }> };

const room = "/moderation/reports";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.suspend"), robots: { index: false } };
}

/** What suspending somebody would do, and the button that does it. Two queries. */
export default async function Suspension({ params }: Props) {
  const { id } = await params;
  const path = `${room}/${encodeURIComponent(id)}`;
  if (!(await moderatorAt(`${path}/suspension`))) return absent();
  const { t } = await getReader();
  const report = await getReport(database(), id);
  if (!report?.actor) return absent();
  const { actor } = report;
  const action = `${path}/decision`;
  const count = await countShown(database(), actor.id);
  return (
    <Frame t={t} here={room} title={t("moderation.suspendTitle", { name: actor.name ?? actor.handle })}>
      <div className="grid max-w-[40rem] gap-6">
        <p className="text-lg">{t("moderation.suspendText")}</p>
        <p>{t("moderation.suspendEvents", { count })}</p>
        <form method="post" action={action} className="grid gap-4">
          <FormGuard path={action} />
          <input type="hidden" name="decision" value="suspend" />
          <TextArea name="note" label={t("moderation.note")} hint={t("moderation.noteHint")} maxLength={1000} />
          <p className="flex flex-wrap gap-3">
            <Button look="danger-filled">{t("moderation.suspend")}</Button>
            <ButtonLink href={path}>{t("moderation.keep")}</ButtonLink>
          </p>
        </form>
      </div>
    </Frame>
  );
}
