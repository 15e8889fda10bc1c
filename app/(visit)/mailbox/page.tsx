import type { Metadata } from "next";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { absent } from "#app/_web/absent.tsx";
import { getReader } from "#app/_web/reader.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { listKeptMail, outboxDirectory } from "#lib/mail/outbox.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("mail.mailboxTitle"), robots: { index: false } };
}

/** The mail that a demonstration keeps instead of sending, newest first; absent wherever mail is really sent. */
export default async function Mailbox({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const directory = outboxDirectory();
  if (!directory) return absent();
  const { t, locale } = await getReader();
  const { to } = await searchParams;
  const mails = await listKeptMail(directory, { to: typeof to === "string" ? to : "" });
  const time = dateFormat(locale, "UTC", { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });
  return (
    <div className="mx-auto grid max-w-[48rem] gap-6 pt-8">
      <h1>{t("mail.mailboxTitle")}</h1>
      <p className="text-muted">{t("mail.mailboxIntro")}</p>
      {mails.length === 0 ? (
        <EmptyState seed="mailbox" title={t("mail.mailboxEmpty")} />
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {mails.map((mail) => (
            <li key={mail.id} className="relative px-4 py-3 hover:bg-sunken">
              <a
                href={`/mailbox/${mail.id}`}
                className="block min-h-11 font-semibold after:absolute after:inset-0 hover:underline"
              >
                <bdi lang={mail.language}>{mail.subject}</bdi>
              </a>
              <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted">
                <span>{t("mail.mailboxTo", { address: mail.to })}</span>
                <time
                  className="font-display tabular-nums"
                  dateTime={mail.createdAt.toISOString()}
                >{`${time.format(mail.createdAt)} UTC`}</time>
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
