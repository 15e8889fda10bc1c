import type { Metadata } from "next";
import { ButtonLink, linkLook, wayLook } from "#app/_ui/button.tsx";
import { absent } from "#app/_web/absent.tsx";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { outboxDirectory, readKeptMail, shownHeaders } from "#lib/mail/outbox.ts";

type Props = { params: Promise<{ id: string }> };

async function getKept({ params }: Props) {
  const directory = outboxDirectory();
  return directory ? readKeptMail(directory, (await params).id) : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const mail = await getKept(props);
  return { title: mail && asTitle(mail.subject), robots: { index: false }, referrer: "no-referrer" };
}

/** The text with its links made links; nothing else of it is markup. */
const linked = (text: string) =>
  text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} className={linkLook} href={part} rel="noopener noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );

export default async function KeptMail(props: Props) {
  const mail = await getKept(props);
  if (!mail) return absent();
  const { t } = await getReader();
  return (
    <article className="mx-auto grid max-w-[48rem] gap-6 pt-8">
      <p>
        <a className={wayLook} href="/mailbox">
          {t("mail.mailboxBack")}
        </a>
      </p>
      <h1 className="text-2xl">
        <bdi lang={mail.language}>{mail.subject}</bdi>
      </h1>
      <p>
        <ButtonLink look="outlined" href={`/mailbox/${mail.id}/html`}>
          {t("mail.mailboxHtml")}
        </ButtonLink>
      </p>
      <section aria-labelledby="text" className="grid gap-2">
        <h2 id="text" className="text-lg">
          {t("mail.mailboxText")}
        </h2>
        <div
          lang={mail.language}
          className="rounded-card border border-line bg-surface p-4 font-sans whitespace-pre-wrap"
        >
          {linked(mail.text)}
        </div>
      </section>
      <section aria-labelledby="attachments" className="grid gap-2">
        <h2 id="attachments" className="text-lg">
          {t("mail.mailboxAttachments")}
        </h2>
        <ul>
          {mail.attachments.map(({ filename, contentType, content }, index) => (
            <li key={filename}>
              <a className={wayLook} href={`/mailbox/${mail.id}/attachments/${index}`}>
                {filename}
              </a>{" "}
              <span className="text-sm text-muted">
                {contentType}, {t("mail.mailboxSize", { kilobytes: Math.ceil(content.length / 1024) })}
              </span>
            </li>
          ))}
          <li>
            <a className={wayLook} href={`/mailbox/${mail.id}/message.eml`}>
              {t("mail.mailboxRaw")}
            </a>
          </li>
        </ul>
      </section>
      <section aria-labelledby="headers" className="grid gap-2">
        <h2 id="headers" className="text-lg">
          {t("mail.mailboxHeaders")}
        </h2>
        <dl className="grid gap-x-4 rounded-card border border-line bg-surface p-4 text-sm sm:grid-cols-[max-content_1fr]">
          {shownHeaders(mail).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </article>
  );
}
