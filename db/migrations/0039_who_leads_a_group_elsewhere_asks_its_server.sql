CREATE TABLE "rosters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"uri" varchar(2048) NOT NULL,
	"actor_uri" varchar(2048) NOT NULL,
	"name" varchar(200) NOT NULL,
	"role" varchar(16) NOT NULL,
	"state" varchar(16) NOT NULL,
	"message" varchar(1000) DEFAULT '' NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rosters_uri" UNIQUE("group_id","uri"),
	CONSTRAINT "rosters_role" CHECK ("rosters"."role" in ('member', 'moderator', 'administrator')),
	CONSTRAINT "rosters_state" CHECK ("rosters"."state" in ('invited', 'requested', 'member'))
);
--> statement-breakpoint
ALTER TABLE "posts" DROP CONSTRAINT "posts_state";--> statement-breakpoint
DROP INDEX "posts_drafts";--> statement-breakpoint
ALTER TABLE "group_log" ADD COLUMN "asked" varchar(8);--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "awaiting" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rosters" ADD CONSTRAINT "rosters_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rosters_list" ON "rosters" USING btree ("group_id","state","id");--> statement-breakpoint
CREATE INDEX "rosters_seen" ON "rosters" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "group_log_asked" ON "group_log" USING btree ("object_id","id") WHERE asked is not null;--> statement-breakpoint
CREATE INDEX "posts_unpublished" ON "posts" USING btree ("group_id","updated_at","id") WHERE state in ('draft', 'sent');--> statement-breakpoint
ALTER TABLE "group_log" ADD CONSTRAINT "group_log_ask" CHECK ("group_log"."asked" in ('waiting', 'done', 'refused'));--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_state" CHECK ("posts"."state" in ('draft', 'sent', 'published', 'deleted'));