CREATE TABLE "discussion_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uri" varchar(2048),
	"discussion_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"quoted_id" uuid,
	"content" varchar(10000) NOT NULL,
	"media_type" varchar(32) DEFAULT 'text/markdown' NOT NULL,
	"language" varchar(35) DEFAULT 'und' NOT NULL,
	"mentions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"pictures" uuid[] GENERATED ALWAYS AS (pictures_in(content)) STORED NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (event_document(language, '', content, null, '{}'::text[])) STORED,
	"created_at" timestamp with time zone NOT NULL,
	"edited_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "discussion_messages_media_type" CHECK ("discussion_messages"."media_type" in ('text/markdown', 'text/html', 'text/plain')),
	CONSTRAINT "discussion_messages_erased" CHECK ("discussion_messages"."deleted_at" is null or ("discussion_messages"."content" = '' and "discussion_messages"."mentions" = '[]'::jsonb)),
	CONSTRAINT "discussion_messages_mentions_length" CHECK (length("discussion_messages"."mentions"::text) <= 40000)
);
--> statement-breakpoint
CREATE TABLE "discussion_readers" (
	"discussion_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"read_at" timestamp with time zone,
	"cadence" varchar(8),
	"told_at" timestamp with time zone,
	CONSTRAINT "discussion_readers_discussion_id_account_id_pk" PRIMARY KEY("discussion_id","account_id"),
	CONSTRAINT "discussion_readers_cadence" CHECK ("discussion_readers"."cadence" in ('off', 'at-once', 'hourly', 'daily', 'weekly'))
);
--> statement-breakpoint
CREATE TABLE "discussions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uri" varchar(2048),
	"group_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"name" varchar(200) NOT NULL,
	"pinned" boolean DEFAULT false NOT NULL,
	"locked" boolean DEFAULT false NOT NULL,
	"message_at" timestamp with time zone DEFAULT now() NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (event_document('und', name, '', null, '{}'::text[])) STORED,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "discussions_named" CHECK (("discussions"."deleted_at" is null) = ("discussions"."name" <> ''))
);
--> statement-breakpoint
ALTER TABLE "discussion_messages" ADD CONSTRAINT "discussion_messages_discussion_id_discussions_id_fk" FOREIGN KEY ("discussion_id") REFERENCES "public"."discussions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussion_messages" ADD CONSTRAINT "discussion_messages_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussion_messages" ADD CONSTRAINT "discussion_messages_quoted_id_discussion_messages_id_fk" FOREIGN KEY ("quoted_id") REFERENCES "public"."discussion_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussion_readers" ADD CONSTRAINT "discussion_readers_discussion_id_discussions_id_fk" FOREIGN KEY ("discussion_id") REFERENCES "public"."discussions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussion_readers" ADD CONSTRAINT "discussion_readers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussions" ADD CONSTRAINT "discussions_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussions" ADD CONSTRAINT "discussions_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "discussion_messages_uri" ON "discussion_messages" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "discussion_messages_list" ON "discussion_messages" USING btree ("discussion_id","created_at","id");--> statement-breakpoint
CREATE INDEX "discussion_messages_words" ON "discussion_messages" USING gin ("search");--> statement-breakpoint
CREATE INDEX "discussion_messages_actor" ON "discussion_messages" USING btree ("actor_id","created_at");--> statement-breakpoint
CREATE INDEX "discussion_messages_quoted" ON "discussion_messages" USING btree ("quoted_id");--> statement-breakpoint
CREATE INDEX "discussion_messages_pictures" ON "discussion_messages" USING gin ("pictures") WHERE pictures <> '{}';--> statement-breakpoint
CREATE INDEX "discussion_readers_account" ON "discussion_readers" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "discussions_uri" ON "discussions" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "discussions_list" ON "discussions" USING btree ("group_id","pinned","message_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "discussions_lively" ON "discussions" USING btree ("message_at") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "discussions_actor" ON "discussions" USING btree ("actor_id");