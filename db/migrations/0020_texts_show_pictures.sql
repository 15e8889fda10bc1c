-- The ids of the pictures of ours that a text in Markdown shows, so that the purge leaves them.
CREATE FUNCTION pictures_in(content text) RETURNS uuid[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(array_agg(DISTINCT found[1]::uuid), '{}') FROM regexp_matches(content,
  '/media/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') AS found $$;
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "pictures" uuid[] GENERATED ALWAYS AS (pictures_in(content)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "online_disclosure" varchar(16) DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
CREATE INDEX "events_pictures" ON "events" USING gin ("pictures") WHERE pictures <> '{}';--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_online_disclosure" CHECK ("events"."online_disclosure" in ('everyone', 'accepted'));--> statement-breakpoint
-- Whoever kept the place back kept the online address back with it.
UPDATE "events" SET "online_disclosure" = 'accepted' WHERE "place_disclosure" = 'accepted' AND "online_url" IS NOT NULL;
