CREATE TABLE "flags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uri" varchar(2048),
	"reporter_id" uuid,
	"reporter_host" varchar(255),
	"actor_id" uuid,
	"event_id" uuid,
	"comment_id" uuid,
	"content" varchar(5000) DEFAULT '' NOT NULL,
	"state" varchar(16) DEFAULT 'open' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "flags_state" CHECK ("flags"."state" in ('open', 'resolved', 'dismissed')),
	CONSTRAINT "flags_target" CHECK (num_nonnulls("flags"."actor_id", "flags"."event_id", "flags"."comment_id") > 0),
	CONSTRAINT "flags_closed" CHECK (("flags"."state" = 'open') = ("flags"."closed_at" is null))
);
--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_reporter_id_actors_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."actors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flags_queue" ON "flags" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "flags_reporter" ON "flags" USING btree ("reporter_id");--> statement-breakpoint
CREATE INDEX "flags_actor" ON "flags" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "flags_event" ON "flags" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "flags_comment" ON "flags" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "participations_uri" ON "participations" USING btree ("uri") WHERE uri is not null;--> statement-breakpoint
CREATE INDEX "participations_open_elsewhere" ON "participations" USING btree ("event_id") WHERE state in ('pending', 'waitlisted') and uri is not null;