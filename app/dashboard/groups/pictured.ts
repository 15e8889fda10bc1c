import { z } from "zod";
import { keepPicture } from "#app/_web/kept-picture.ts";
import { iconFiles, iconInput, withIcon } from "#app/settings/profiles/pictured.ts";
import { pictureOf } from "#lib/media/token.ts";

const words = z.string().max(200).default("");

/** The controls of a group's two pictures, beside those that its form has anyhow. */
export const groupPictures = { ...iconInput, image: words, imageKept: words, imageRemoved: words };

export const groupFiles = { ...iconFiles, image: keepPicture("image") };

/** What a form says of the group, with the pictures as the group keeps them. */
export const withPictures = <I extends Record<keyof typeof groupPictures, string>>({
  image,
  imageKept,
  imageRemoved,
  ...group
}: I) => ({ ...withIcon(group), imageId: pictureOf({ fresh: image, kept: imageKept, removed: imageRemoved }) });
