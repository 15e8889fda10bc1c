import { linkLook } from "#app/_ui/button.tsx";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { NamedPerson } from "#lib/notification/board/queries.ts";
import { actorPath } from "#lib/urls.ts";

type Props = { t: Translate; locale: Locale; others: NamedPerson[] };

/** Who organises the event together with whose it is, and whom to ask about it. */
export const CoOrganizers = ({ t, locale, others }: Props) => (
  <>
    <Names t={t} locale={locale} others={others.filter(({ contact }) => !contact)} sentence="staff.with" />
    <Names t={t} locale={locale} others={others.filter(({ contact }) => contact)} sentence="group.contacts" />
  </>
);

function Names({ t, locale, others, sentence }: Props & { sentence: "staff.with" | "group.contacts" }) {
  if (others.length === 0) return null;
  const parts = new Intl.ListFormat(locale, { type: "conjunction" }).formatToParts(others.map((_, at) => String(at)));
  const [before = "", after = ""] = t(sentence, { names: "\u0000" }).split("\u0000");
  return (
    <p>
      {before}
      {parts.map(({ type, value }) => {
        const one = type === "element" ? others[Number(value)] : undefined;
        return one ? (
          <a key={value} className={linkLook} href={actorPath(one.handle, one.host)} dir="auto">
            {one.name}
          </a>
        ) : (
          value
        );
      })}
      {after}
    </p>
  );
}
