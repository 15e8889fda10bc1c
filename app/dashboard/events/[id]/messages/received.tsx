import { linkLook } from "#app/_ui/button.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { Received as Message } from "#lib/participation/message/queries.ts";

type Props = { t: Translate; messages: Message[]; when: Intl.DateTimeFormat };

/** What people of other servers wrote to those who run the event. */
export function Received({ t, messages, when }: Props) {
  if (messages.length === 0) return null;
  return (
    <section className="grid max-w-[40rem] gap-3">
      <h2 className="text-xl">{t("desk.messagesReceived")}</h2>
      <p className="text-muted">{t("desk.messagesReceivedText")}</p>
      {messages.map(({ id, content, createdAt, author }) => {
        const address = `@${author.handle}@${author.host}`;
        return (
          <article key={id} className="rounded-card border border-line bg-surface p-4">
            <h3 className="text-lg" dir="auto">
              {author.name || address}
            </h3>
            <p className="text-sm text-muted">
              <a
                href={author.url ?? undefined}
                className={`${linkLook} [overflow-wrap:anywhere]`}
                rel="nofollow noopener noreferrer"
              >
                {address}
              </a>
              {" · "}
              {when.format(createdAt)}
            </p>
            <p className="mt-2 whitespace-pre-line [overflow-wrap:anywhere]" dir="auto">
              {content}
            </p>
          </article>
        );
      })}
    </section>
  );
}
