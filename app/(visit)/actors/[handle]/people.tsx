import { Avatar } from "#app/_ui/avatar.tsx";
import { linkLook } from "#app/_ui/button.tsx";
import type { ShownMember } from "#lib/group/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { actorPath, mediaPath } from "#lib/urls.ts";

/** Members by name, with what they are besides; no more is told of anybody. */
export const People = ({ t, people }: { t: Translate; people: ShownMember[] }) => (
  <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
    {people.map(({ handle, host, name, iconId, role }) => (
      <li key={`${handle}@${host}`} className="flex min-h-12 items-center gap-3 border-b border-line py-2">
        {iconId && <Avatar src={mediaPath(iconId)} size="line" />}
        <span className="min-w-0">
          <a href={actorPath(handle, host)} className={linkLook} dir="auto">
            {name}
          </a>
          {host && <span className="text-sm text-muted"> {host}</span>}
          {role !== "member" && <span className="block text-sm text-muted">{t(`group.role_${role}`)}</span>}
        </span>
      </li>
    ))}
  </ul>
);
