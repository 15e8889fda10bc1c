import { z } from "zod";

/** Where a group of another server is: `@name@host`, or the address of its page. */
export const groupAddress = z.string("required").trim().min(1, "required").max(2048, "too-long");
