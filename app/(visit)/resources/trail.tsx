import { wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { Step } from "#lib/resource/queries.ts";
import { actorPath, resourcePath, resourcesPath } from "#lib/urls.ts";

type Props = {
  t: Translate;
  group: { handle: string; host: string | null; name: string };
  way?: Step[];
  top?: boolean;
};

/** The way from a group to where something of its resources lies. `top`: this is where they begin. */
export function Trail({ t, group, way = [], top = false }: Props) {
  const steps = [
    { href: actorPath(group.handle, group.host), name: group.name },
    ...(top ? [] : [{ href: resourcesPath(group.handle, group.host), name: t("resource.title") }]),
    ...way.map(({ id, name }) => ({ href: resourcePath(id), name })),
  ];
  return (
    <nav aria-label={t("resource.trail")}>
      <ol className="flex flex-wrap items-center gap-x-2">
        {steps.map(({ href, name }, at) => (
          <li key={href} className="inline-flex items-center gap-2">
            {at > 0 && <Icon name="down" size={16} className="-rotate-90 text-muted rtl:rotate-90" />}
            <a href={href} className={`[overflow-wrap:anywhere] ${wayLook}`} dir="auto">
              {name}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
