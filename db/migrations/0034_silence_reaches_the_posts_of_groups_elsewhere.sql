ALTER TABLE "posts" DROP CONSTRAINT "posts_hidden_with";--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_hidden_with" CHECK ("posts"."hidden_with" is null or ("posts"."hidden_with" in ('silenced', 'suspended') and "posts"."hidden_at" is not null));--> statement-breakpoint
-- Servers that are silenced already: what their groups posted stood in the groups' lists until now.
UPDATE "posts" p SET "hidden_at" = now(), "hidden_with" = 'silenced' FROM "actors" a, "peers" q
WHERE a."id" = p."group_id" AND p."state" = 'published' AND p."hidden_at" IS NULL AND q."standing" = 'silenced'
  AND (a."host" = q."host" OR right(a."host", length(q."host") + 1) = '.' || q."host");