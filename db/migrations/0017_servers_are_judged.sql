CREATE TABLE "moderation_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid,
	"action" varchar(24) NOT NULL,
	"subject" varchar(300) NOT NULL,
	"note" varchar(1000) DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "moderation_acts_action" CHECK (length("moderation_acts"."action") > 0)
);
--> statement-breakpoint
ALTER TABLE "peers" DROP CONSTRAINT "peers_standing";--> statement-breakpoint
ALTER TABLE "actor_keys" ADD COLUMN "generation" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "actor_keys" DROP CONSTRAINT "actor_keys_actor_id_algorithm_pk";--> statement-breakpoint
ALTER TABLE "actor_keys" ADD CONSTRAINT "actor_keys_actor_id_algorithm_generation_pk" PRIMARY KEY("actor_id","algorithm","generation");--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "suspended_with_server" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "hidden_with" varchar(16);--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "fetched_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "times_missing" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "peers" ADD COLUMN "note" varchar(1000) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "peers" ADD COLUMN "judged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "instance" ADD COLUMN "picture_cache" integer DEFAULT 1000 NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "size" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "shown_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "moderation_acts" ADD CONSTRAINT "moderation_acts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "moderation_acts_account" ON "moderation_acts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "actors_host" ON "actors" USING btree ("host") WHERE host is not null;--> statement-breakpoint
CREATE INDEX "peers_judged" ON "peers" USING btree ("standing","host") WHERE standing <> 'open';--> statement-breakpoint
CREATE INDEX "media_kept" ON "media" USING btree ("shown_at","id") WHERE remote_url is not null and path is not null;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_hidden_with" CHECK ("events"."hidden_with" is null or ("events"."hidden_with" in ('silenced', 'suspended') and "events"."hidden_at" is not null));--> statement-breakpoint
ALTER TABLE "peers" ADD CONSTRAINT "peers_standing" CHECK ("peers"."standing" in ('open', 'limited', 'silenced', 'suspended'));--> statement-breakpoint
ALTER TABLE "instance" ADD CONSTRAINT "instance_picture_cache" CHECK ("instance"."picture_cache" between 0 and 1000000);
--> statement-breakpoint
-- Each server whose people or events are kept is listed as known, also where we only ever asked it.
INSERT INTO "peers" ("host") SELECT DISTINCT lower("host") FROM "actors" WHERE "host" IS NOT NULL ON CONFLICT DO NOTHING;--> statement-breakpoint
-- What was mirrored before is refreshed when it is next looked at.
UPDATE "events" SET "fetched_at" = "created_at" WHERE "uri" IS NOT NULL;
