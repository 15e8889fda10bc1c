CREATE TABLE "announcements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"name" varchar(100) NOT NULL,
	"content" varchar(5000) NOT NULL,
	"audience" varchar(16) DEFAULT 'all' NOT NULL,
	"shown" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "announcements_audience" CHECK ("announcements"."audience" in ('all', 'accepted', 'pending', 'waitlisted'))
);
--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcements_shown" ON "announcements" USING btree ("event_id","created_at") WHERE shown;--> statement-breakpoint
CREATE INDEX "announcements_event" ON "announcements" USING btree ("event_id","created_at");--> statement-breakpoint
CREATE INDEX "announcements_actor" ON "announcements" USING btree ("actor_id");