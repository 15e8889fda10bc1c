import type { Locale, Translate } from "#lib/locale/index.ts";
import { line, type Message, write } from "./letter.ts";
import { paragraph, serverName } from "./matter.ts";

type Test = { locale: Locale; t: Translate; host: string; instance: string; home: string };

/** What `parvis mail test` sends. */
export function serverTest({ locale, t, host, instance, home }: Test): Message {
  const name = line(instance);
  return write(t("mail.testSubject", { host }), {
    locale,
    t,
    strip: null,
    heading: t("mail.testTitle"),
    blocks: [
      paragraph(t("mail.testText", { name })),
      { kind: "button", label: host, url: home },
      { kind: "note", text: t("mail.fromHost", { server: serverName({ t, instance, host }) }) },
    ],
  });
}
