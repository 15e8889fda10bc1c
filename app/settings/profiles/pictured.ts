import { z } from "zod";
import { keepPicture } from "#app/_web/kept-picture.ts";
import { pictureOf } from "#lib/media/token.ts";

const words = z.string().max(200).default("");

/** The controls of a profile's picture, beside those that its form has anyhow. */
export const iconInput = { icon: words, iconKept: words, iconRemoved: words };

export const iconFiles = { icon: keepPicture("icon", { square: true }) };

/** What a form says of the profile, with the picture as the profile keeps it. */
export const withIcon = <I extends Record<keyof typeof iconInput, string>>({
  icon,
  iconKept,
  iconRemoved,
  ...profile
}: I) => ({ ...profile, iconId: pictureOf({ fresh: icon, kept: iconKept, removed: iconRemoved }) });
