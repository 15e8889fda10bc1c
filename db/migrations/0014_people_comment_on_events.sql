CREATE TABLE "comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uri" varchar(2048),
	"url" varchar(2048),
	"event_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"thread_at" timestamp with time zone NOT NULL,
	"content" varchar(10000) NOT NULL,
	"media_type" varchar(32) DEFAULT 'text/markdown' NOT NULL,
	"language" varchar(35) DEFAULT 'und' NOT NULL,
	"mentions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" varchar(16) DEFAULT 'published' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "comments_state" CHECK ("comments"."state" in ('waiting', 'published', 'hidden', 'deleted')),
	CONSTRAINT "comments_media_type" CHECK ("comments"."media_type" in ('text/markdown', 'text/html', 'text/plain')),
	CONSTRAINT "comments_thread" CHECK ("comments"."thread_id" <> "comments"."id" or "comments"."thread_at" = "comments"."created_at"),
	CONSTRAINT "comments_tombstone" CHECK (("comments"."state" = 'deleted') = ("comments"."deleted_at" is not null)),
	CONSTRAINT "comments_erased" CHECK ("comments"."state" <> 'deleted' or ("comments"."content" = '' and "comments"."mentions" = '[]'::jsonb)),
	CONSTRAINT "comments_mentions_length" CHECK (length("comments"."mentions"::text) <= 40000)
);
--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_thread_id_comments_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "comments_uri" ON "comments" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "comments_threads" ON "comments" USING btree ("event_id","thread_at","thread_id","created_at","id");--> statement-breakpoint
CREATE INDEX "comments_replies" ON "comments" USING btree ("thread_id") WHERE id <> thread_id;--> statement-breakpoint
CREATE INDEX "comments_event" ON "comments" USING btree ("event_id","created_at");--> statement-breakpoint
CREATE INDEX "comments_waiting" ON "comments" USING btree ("event_id","created_at","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "comments_actor" ON "comments" USING btree ("actor_id","created_at");