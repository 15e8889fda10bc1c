CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" varchar(254),
	"password_hash" varchar(255),
	"state" varchar(16) DEFAULT 'unconfirmed' NOT NULL,
	"role" varchar(16) DEFAULT 'member' NOT NULL,
	"language" varchar(35) DEFAULT 'en' NOT NULL,
	"timezone" varchar(64) DEFAULT 'UTC' NOT NULL,
	"confirmed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "accounts_state" CHECK ("accounts"."state" in ('unconfirmed', 'awaiting', 'active', 'suspended', 'deleted')),
	CONSTRAINT "accounts_role" CHECK ("accounts"."role" in ('member', 'moderator', 'administrator')),
	CONSTRAINT "accounts_erased" CHECK (("accounts"."email" is null) = ("accounts"."state" = 'deleted'))
);
--> statement-breakpoint
CREATE TABLE "actors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" varchar(16) NOT NULL,
	"handle" varchar(64) NOT NULL,
	"host" varchar(255),
	"uri" varchar(2048),
	"url" varchar(2048),
	"inbox" varchar(2048),
	"shared_inbox" varchar(2048),
	"account_id" uuid,
	"name" varchar(100) DEFAULT '' NOT NULL,
	"summary" varchar(5000) DEFAULT '' NOT NULL,
	"tone" varchar(8),
	"locality" varchar(120),
	"icon_id" uuid,
	"image_id" uuid,
	"openness" varchar(16),
	"moved_to" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"suspended_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "actors_address" UNIQUE NULLS NOT DISTINCT("handle","host"),
	CONSTRAINT "actors_type" CHECK ("actors"."type" in ('Person', 'Group', 'Application', 'Service', 'Organization')),
	CONSTRAINT "actors_local_handle" CHECK ("actors"."host" is not null or "actors"."handle" ~ '^[a-z0-9_]{1,30}$'),
	CONSTRAINT "actors_remote_uri" CHECK (("actors"."host" is null) = ("actors"."uri" is null)),
	CONSTRAINT "actors_tone" CHECK ("actors"."tone" in ('pine', 'sea', 'iris', 'plum', 'brick', 'ochre', 'moss', 'slate')),
	CONSTRAINT "actors_openness" CHECK ("actors"."openness" in ('open', 'moderated', 'invite_only')),
	CONSTRAINT "actors_moved_to_length" CHECK (length("actors"."moved_to") <= 2048)
);
--> statement-breakpoint
CREATE TABLE "event_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "event_notices_length" CHECK (length("event_notices"."before"::text) <= 4000)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uri" varchar(2048),
	"uid" varchar(255) NOT NULL,
	"organizer_id" uuid NOT NULL,
	"series_id" uuid,
	"recurrence_id" timestamp with time zone,
	"recurrence_rule" varchar(500),
	"state" varchar(16) DEFAULT 'draft' NOT NULL,
	"publish_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	"status" varchar(16) DEFAULT 'confirmed' NOT NULL,
	"cancellation_message" varchar(2000) DEFAULT '' NOT NULL,
	"visibility" varchar(16) DEFAULT 'public' NOT NULL,
	"listed" boolean GENERATED ALWAYS AS (state = 'published' and visibility = 'public' and hidden_at is null) STORED NOT NULL,
	"name" varchar(200) NOT NULL,
	"content" varchar(64000) DEFAULT '' NOT NULL,
	"media_type" varchar(32) DEFAULT 'text/markdown' NOT NULL,
	"language" varchar(35) DEFAULT 'und' NOT NULL,
	"category" varchar(40) DEFAULT 'MEETING' NOT NULL,
	"tags" varchar(50)[] DEFAULT '{}' NOT NULL,
	"tone" varchar(8),
	"cover_id" uuid,
	"url" varchar(2048),
	"contact" varchar(300) DEFAULT '' NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"timezone" varchar(64) NOT NULL,
	"all_day" boolean DEFAULT false NOT NULL,
	"start_wall" timestamp(0) NOT NULL,
	"end_wall" timestamp(0),
	"start_fold" smallint DEFAULT 0 NOT NULL,
	"end_fold" smallint DEFAULT 0 NOT NULL,
	"start_time" timestamp with time zone NOT NULL,
	"end_time" timestamp with time zone NOT NULL,
	"tzdata" varchar(16) NOT NULL,
	"previous_start_time" timestamp with time zone,
	"attendance_mode" varchar(8) DEFAULT 'offline' NOT NULL,
	"online_url" varchar(2048),
	"place_id" uuid,
	"place_disclosure" varchar(16) DEFAULT 'everyone' NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"locality" varchar(200),
	"join_mode" varchar(16) DEFAULT 'free' NOT NULL,
	"external_participation_url" varchar(2048),
	"maximum_attendee_capacity" integer,
	"seats_taken" integer DEFAULT 0 NOT NULL,
	"maximum_guests" smallint DEFAULT 0 NOT NULL,
	"waiting_list" boolean DEFAULT false NOT NULL,
	"name_required" boolean DEFAULT false NOT NULL,
	"show_count" boolean DEFAULT true NOT NULL,
	"comments" varchar(16) DEFAULT 'open' NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"hidden_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"search" "tsvector" GENERATED ALWAYS AS (event_document(language, name, content, locality, tags)) STORED,
	CONSTRAINT "events_uid" UNIQUE("organizer_id","uid"),
	CONSTRAINT "events_state" CHECK ("events"."state" in ('draft', 'scheduled', 'published', 'deleted')),
	CONSTRAINT "events_status" CHECK ("events"."status" in ('tentative', 'confirmed', 'cancelled')),
	CONSTRAINT "events_visibility" CHECK ("events"."visibility" in ('public', 'unlisted', 'followers', 'members')),
	CONSTRAINT "events_attendance" CHECK ("events"."attendance_mode" in ('offline', 'online', 'mixed')),
	CONSTRAINT "events_join_mode" CHECK ("events"."join_mode" in ('free', 'approval', 'external', 'closed')),
	CONSTRAINT "events_external" CHECK ("events"."join_mode" <> 'external' or "events"."external_participation_url" is not null),
	CONSTRAINT "events_comments" CHECK ("events"."comments" in ('open', 'moderated', 'closed')),
	CONSTRAINT "events_media_type" CHECK ("events"."media_type" in ('text/markdown', 'text/html', 'text/plain')),
	CONSTRAINT "events_disclosure" CHECK ("events"."place_disclosure" in ('everyone', 'accepted')),
	CONSTRAINT "events_kept_back" CHECK ("events"."place_disclosure" = 'everyone' or "events"."latitude" is null),
	CONSTRAINT "events_order" CHECK ("events"."end_time" >= "events"."start_time"),
	CONSTRAINT "events_scheduled_at" CHECK ("events"."state" <> 'scheduled' or "events"."publish_at" is not null),
	CONSTRAINT "events_capacity" CHECK ("events"."maximum_attendee_capacity" between 1 and 1000000),
	CONSTRAINT "events_seats" CHECK ("events"."seats_taken" >= 0),
	CONSTRAINT "events_guests" CHECK ("events"."maximum_guests" between 0 and 5),
	CONSTRAINT "events_point" CHECK (("events"."latitude" is null) = ("events"."longitude" is null)),
	CONSTRAINT "events_range" CHECK ("events"."latitude" between -90 and 90 and "events"."longitude" between -180 and 180),
	CONSTRAINT "events_sequence" CHECK ("events"."sequence" >= 0),
	CONSTRAINT "events_tag_count" CHECK (cardinality("events"."tags") <= 30),
	CONSTRAINT "events_facts_length" CHECK (length("events"."facts"::text) <= 8000),
	CONSTRAINT "events_tombstone" CHECK (("events"."state" = 'deleted') = ("events"."deleted_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"kind" varchar(8) NOT NULL,
	"label" varchar(200) NOT NULL,
	"choices" varchar(100)[] DEFAULT '{}' NOT NULL,
	"required" boolean DEFAULT false NOT NULL,
	CONSTRAINT "questions_position" UNIQUE("event_id","position"),
	CONSTRAINT "questions_kind" CHECK ("questions"."kind" in ('text', 'choice', 'boolean')),
	CONSTRAINT "questions_five" CHECK ("questions"."position" between 1 and 5),
	CONSTRAINT "questions_choices" CHECK (("questions"."kind" = 'choice') = (cardinality("questions"."choices") between 2 and 20))
);
--> statement-breakpoint
CREATE TABLE "forms" (
	"id" uuid PRIMARY KEY NOT NULL,
	"path" varchar(500) NOT NULL,
	"outcome" varchar(40) NOT NULL,
	"values" jsonb NOT NULL,
	"errors" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "forms_length" CHECK (length("forms"."values"::text) <= 1200000 and length("forms"."errors"::text) <= 20000)
);
--> statement-breakpoint
CREATE TABLE "instance" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"origin" varchar(255) NOT NULL,
	"name" varchar(100) NOT NULL,
	"description" varchar(500) DEFAULT '' NOT NULL,
	"contact" varchar(254) DEFAULT '' NOT NULL,
	"language" varchar(35) DEFAULT 'en' NOT NULL,
	"timezone" varchar(64) DEFAULT 'UTC' NOT NULL,
	"registration" varchar(16) DEFAULT 'approval' NOT NULL,
	"address_retention_days" integer DEFAULT 30 NOT NULL,
	"demonstration" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "instance_is_one" CHECK ("instance"."id" = 1),
	CONSTRAINT "instance_registration" CHECK ("instance"."registration" in ('open', 'approval', 'closed')),
	CONSTRAINT "instance_address_retention" CHECK ("instance"."address_retention_days" between 0 and 365)
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"key" "bytea" NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"window_end" timestamp with time zone NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "limits_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message" varchar(40) NOT NULL,
	"participation_id" uuid,
	"account_id" uuid,
	"dedupe" varchar(120),
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" varchar(8) DEFAULT 'queued' NOT NULL,
	"reason" varchar(500),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('queued', 'sent', 'dropped', 'failed')),
	CONSTRAINT "mails_subject" CHECK (num_nonnulls("mails"."participation_id", "mails"."account_id") = 1),
	CONSTRAINT "mails_data_length" CHECK (length("mails"."data"::text) <= 12000)
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"reason" varchar(16) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppressions_reason" CHECK ("suppressions"."reason" in ('asked', 'bounce', 'complaint'))
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"path" varchar(255),
	"remote_url" varchar(2048),
	"media_type" varchar(64),
	"width" integer,
	"height" integer,
	"name" varchar(1500) DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_somewhere" CHECK ("media"."path" is not null or "media"."remote_url" is not null),
	CONSTRAINT "media_size" CHECK ("media"."width" between 1 and 20000 and "media"."height" between 1 and 20000)
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"participation_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"value" varchar(1000) NOT NULL,
	CONSTRAINT "answers_participation_id_question_id_pk" PRIMARY KEY("participation_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "participations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"actor_id" uuid,
	"email" varchar(254),
	"email_key" "bytea",
	"name" varchar(100) DEFAULT '' NOT NULL,
	"show_name" boolean DEFAULT false NOT NULL,
	"guests" smallint DEFAULT 0 NOT NULL,
	"message" varchar(1000) DEFAULT '' NOT NULL,
	"state" varchar(16) NOT NULL,
	"source" varchar(16) DEFAULT 'web' NOT NULL,
	"language" varchar(35) NOT NULL,
	"timezone" varchar(64) NOT NULL,
	"reminder" boolean DEFAULT true NOT NULL,
	"form_id" uuid,
	"token_hash" "bytea",
	"token_generation" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone,
	"mailed_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"waitlisted_at" timestamp with time zone,
	"left_at" timestamp with time zone,
	"checked_in_at" timestamp with time zone,
	"unreachable_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "participations_state" CHECK ("participations"."state" in ('unconfirmed', 'pending', 'accepted', 'waitlisted', 'rejected', 'tentative', 'left')),
	CONSTRAINT "participations_source" CHECK ("participations"."source" in ('web', 'account', 'join', 'invite', 'poll', 'follow', 'reply', 'organizer')),
	CONSTRAINT "participations_guests" CHECK ("participations"."guests" between 0 and 5),
	CONSTRAINT "participations_expiry" CHECK ("participations"."state" <> 'unconfirmed' or "participations"."expires_at" is not null),
	CONSTRAINT "participations_address_key" CHECK (("participations"."email" is null) = ("participations"."email_key" is null)),
	CONSTRAINT "participations_erased" CHECK ("participations"."erased_at" is null or ("participations"."email" is null and "participations"."name" = ''))
);
--> statement-breakpoint
CREATE TABLE "places" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" varchar(200) DEFAULT '' NOT NULL,
	"street_address" varchar(200) DEFAULT '' NOT NULL,
	"postal_code" varchar(20) DEFAULT '' NOT NULL,
	"address_locality" varchar(120) DEFAULT '' NOT NULL,
	"address_region" varchar(120) DEFAULT '' NOT NULL,
	"address_country" varchar(120) DEFAULT '' NOT NULL,
	"room" varchar(120) DEFAULT '' NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "places_point" CHECK (("places"."latitude" is null) = ("places"."longitude" is null)),
	CONSTRAINT "places_range" CHECK ("places"."latitude" between -90 and 90 and "places"."longitude" between -180 and 180)
);
--> statement-breakpoint
CREATE TABLE "towns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" varchar(120) NOT NULL,
	"country" varchar(120) DEFAULT '' NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"weight" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "towns_range" CHECK ("towns"."latitude" between -90 and 90 and "towns"."longitude" between -180 and 180)
);
--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_icon_id_media_id_fk" FOREIGN KEY ("icon_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_image_id_media_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_notices" ADD CONSTRAINT "event_notices_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_organizer_id_actors_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_series_id_events_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."events"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_cover_id_media_id_fk" FOREIGN KEY ("cover_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_participation_id_participations_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_participation_id_participations_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email" ON "accounts" USING btree ("email");--> statement-breakpoint
CREATE INDEX "accounts_unconfirmed" ON "accounts" USING btree ("created_at") WHERE state = 'unconfirmed';--> statement-breakpoint
CREATE UNIQUE INDEX "actors_uri" ON "actors" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "actors_account" ON "actors" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_notices_open" ON "event_notices" USING btree ("event_id") WHERE closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "events_uri" ON "events" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "events_upcoming" ON "events" USING btree ("start_time","id") WHERE listed;--> statement-breakpoint
CREATE INDEX "events_running" ON "events" USING gist (tstzrange(start_time, end_time)) WHERE listed;--> statement-breakpoint
CREATE INDEX "events_near" ON "events" USING gist (point(longitude, latitude),end_time) WHERE listed and latitude is not null;--> statement-breakpoint
CREATE INDEX "events_words" ON "events" USING gin ("search") WHERE listed;--> statement-breakpoint
CREATE INDEX "events_similar" ON "events" USING gin (fold(name) gin_trgm_ops) WHERE listed;--> statement-breakpoint
CREATE INDEX "events_tags" ON "events" USING gin ("tags") WHERE listed;--> statement-breakpoint
CREATE INDEX "events_category" ON "events" USING btree ("category","start_time","id") WHERE listed;--> statement-breakpoint
CREATE INDEX "events_language" ON "events" USING btree ("language","start_time","id") WHERE listed;--> statement-breakpoint
CREATE INDEX "events_mode" ON "events" USING btree ("attendance_mode","start_time","id") WHERE listed;--> statement-breakpoint
CREATE INDEX "events_organizer" ON "events" USING btree ("organizer_id","start_time","id");--> statement-breakpoint
CREATE INDEX "events_place" ON "events" USING btree ("place_id");--> statement-breakpoint
CREATE INDEX "events_scheduled" ON "events" USING btree ("publish_at") WHERE state = 'scheduled';--> statement-breakpoint
CREATE INDEX "forms_expired" ON "forms" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "limits_over" ON "limits" USING btree ("window_end");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_dedupe" ON "mails" USING btree ("dedupe");--> statement-breakpoint
CREATE INDEX "mails_participation" ON "mails" USING btree ("participation_id");--> statement-breakpoint
CREATE INDEX "mails_account" ON "mails" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mails_finished" ON "mails" USING btree ("created_at") WHERE state <> 'queued';--> statement-breakpoint
CREATE INDEX "answers_question" ON "answers" USING btree ("question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "participations_address" ON "participations" USING btree ("event_id","email_key");--> statement-breakpoint
CREATE UNIQUE INDEX "participations_actor" ON "participations" USING btree ("event_id","actor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "participations_token" ON "participations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "participations_form" ON "participations" USING btree ("form_id");--> statement-breakpoint
CREATE INDEX "participations_list" ON "participations" USING btree ("event_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "participations_mine" ON "participations" USING btree ("email_key");--> statement-breakpoint
CREATE INDEX "participations_dead" ON "participations" USING btree ("expires_at") WHERE state = 'unconfirmed';--> statement-breakpoint
CREATE INDEX "participations_addresses" ON "participations" USING btree ("event_id") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "towns_name" ON "towns" USING btree (fold("name"),"weight" desc);--> statement-breakpoint
CREATE INDEX "towns_similar" ON "towns" USING gin (fold("name") gin_trgm_ops);