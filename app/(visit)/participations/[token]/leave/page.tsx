import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { getParticipationByToken } from "#lib/participation/queries.ts";
import { participationPath } from "#lib/urls.ts";
import { UnknownLink } from "../../unknown-link.tsx";
import { EventBlock } from "../event-block.tsx";
import { mayLeave, standingOf } from "../standing.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("participation.leaveTitle"), robots: { index: false } };
}

const place = {
  title: "participation.leaveTitle",
  text: "participation.leaveText",
  button: "participation.leaveButton",
  keep: "participation.keepPlace",
} as const;
const request = {
  title: "participation.withdrawTitle",
  text: "participation.withdrawText",
  button: "participation.withdrawButton",
  keep: "participation.keepRequest",
} as const;

export default async function Leave({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { t, locale } = await getReader();
  const found = await getParticipationByToken(database(), token);
  if (!found) return <UnknownLink />;
  const path = participationPath(token);
  const action = `${path}/cancellation`;
  const standing = standingOf(found);
  const words = found.participation.state === "accepted" ? place : request;
  const leaves = mayLeave(found);
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1>{t(leaves ? words.title : `participation.${standing}`)}</h1>
      <EventBlock t={t} locale={locale} found={found} />
      {leaves ? (
        <>
          <p>{t(words.text)}</p>
          <form method="post" action={action} className="flex flex-wrap gap-3">
            <FormGuard path={action} />
            <Button look="danger-filled">{t(words.button)}</Button>
            <ButtonLink href={path}>{t(words.keep)}</ButtonLink>
          </form>
        </>
      ) : (
        <Notice kind="info" title={t("refusals.state-unchanged")}>
          <ButtonLink href={path} className="mt-2">
            {t("participation.title")}
          </ButtonLink>
        </Notice>
      )}
    </div>
  );
}
