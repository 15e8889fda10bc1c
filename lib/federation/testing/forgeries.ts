import { authority } from "./forgeries/authority.ts";
import type { Forgery } from "./forgeries/forgery.ts";
import { hiding } from "./forgeries/hiding.ts";
import { others } from "./forgeries/others.ts";
import { shapes } from "./forgeries/shapes.ts";
import { signatures } from "./forgeries/signatures.ts";

/** All that somebody may try: how it is signed, who says it, how it is shaped, whose it is, where it leads. */
export const forgeries: Forgery[] = [...signatures, ...authority, ...shapes, ...others, ...hiding];
