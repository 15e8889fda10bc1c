DROP INDEX "events_announced";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "author_id" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "awaiting" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "taken_out_of" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_author_id_actors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_taken_out_of_actors_id_fk" FOREIGN KEY ("taken_out_of") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_author" ON "events" USING btree ("author_id") WHERE author_id is not null;--> statement-breakpoint
CREATE INDEX "events_announced" ON "events" USING btree ("published_at") WHERE state = 'published' and (uri is null or author_id is not null);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_author" CHECK ("events"."author_id" <> "events"."organizer_id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_awaiting" CHECK (not "events"."awaiting" or ("events"."author_id" is not null and "events"."uri" is null));