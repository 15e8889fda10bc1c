import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { getParticipationByToken } from "#lib/participation/queries.ts";
import { participationPath } from "#lib/urls.ts";
import { UnknownLink } from "../../unknown-link.tsx";
import { EventBlock } from "../event-block.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("participation.eraseTitle"), robots: { index: false } };
}

const goes = [
  "participation.eraseAddress",
  "participation.eraseWords",
  "participation.erasePlace",
  "participation.eraseLinkToo",
] as const;

export default async function Erase({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { t, locale } = await getReader();
  const found = await getParticipationByToken(database(), token);
  if (!found) return <UnknownLink />;
  const path = participationPath(token);
  const action = `${path}/erasure`;
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1>{t("participation.eraseTitle")}</h1>
      <EventBlock t={t} locale={locale} found={found} />
      <div className="grid gap-2">
        <p>{t("participation.eraseText")}</p>
        <ul className="list-disc ps-6">
          {goes.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <p className="font-semibold">{t("participation.eraseFinal")}</p>
      </div>
      <form method="post" action={action} className="flex flex-wrap gap-3">
        <FormGuard path={action} />
        <Button look="danger-filled">{t("participation.eraseButton")}</Button>
        <ButtonLink href={path}>{t("participation.keepAll")}</ButtonLink>
      </form>
    </div>
  );
}
