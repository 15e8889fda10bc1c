CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uri" varchar(2048),
	"group_id" uuid NOT NULL,
	"actor_id" uuid,
	"state" varchar(16) DEFAULT 'draft' NOT NULL,
	"visibility" varchar(16) DEFAULT 'public' NOT NULL,
	"listed" boolean GENERATED ALWAYS AS (state = 'published' and visibility = 'public' and hidden_at is null) STORED NOT NULL,
	"name" varchar(200) NOT NULL,
	"content" varchar(64000) DEFAULT '' NOT NULL,
	"media_type" varchar(32) DEFAULT 'text/markdown' NOT NULL,
	"language" varchar(35) DEFAULT 'und' NOT NULL,
	"tags" varchar(50)[] DEFAULT '{}' NOT NULL,
	"cover_id" uuid,
	"pictures" uuid[] GENERATED ALWAYS AS (pictures_in(content)) STORED NOT NULL,
	"published_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"hidden_at" timestamp with time zone,
	"hidden_with" varchar(16),
	"deleted_at" timestamp with time zone,
	CONSTRAINT "posts_state" CHECK ("posts"."state" in ('draft', 'published', 'deleted')),
	CONSTRAINT "posts_visibility" CHECK ("posts"."visibility" in ('public', 'unlisted', 'members')),
	CONSTRAINT "posts_media_type" CHECK ("posts"."media_type" in ('text/markdown', 'text/html', 'text/plain')),
	CONSTRAINT "posts_published" CHECK (("posts"."state" = 'draft') = ("posts"."published_at" is null)),
	CONSTRAINT "posts_tag_count" CHECK (cardinality("posts"."tags") <= 30),
	CONSTRAINT "posts_hidden_with" CHECK ("posts"."hidden_with" is null or ("posts"."hidden_with" = 'suspended' and "posts"."hidden_at" is not null)),
	CONSTRAINT "posts_tombstone" CHECK (("posts"."state" = 'deleted') = ("posts"."deleted_at" is not null)),
	CONSTRAINT "posts_named" CHECK (("posts"."state" = 'deleted') = ("posts"."name" = '')),
	CONSTRAINT "posts_erased" CHECK ("posts"."state" <> 'deleted' or ("posts"."content" = '' and "posts"."tags" = '{}'))
);
--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "post_id" uuid;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_cover_id_media_id_fk" FOREIGN KEY ("cover_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "posts_uri" ON "posts" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "posts_list" ON "posts" USING btree ("group_id","published_at","id") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "posts_drafts" ON "posts" USING btree ("group_id","updated_at","id") WHERE state = 'draft';--> statement-breakpoint
CREATE INDEX "posts_published" ON "posts" USING btree ("published_at","id") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "posts_updated" ON "posts" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "posts_actor" ON "posts" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "posts_cover" ON "posts" USING btree ("cover_id") WHERE cover_id is not null;--> statement-breakpoint
CREATE INDEX "posts_pictures" ON "posts" USING gin ("pictures") WHERE pictures <> '{}';--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flags_post" ON "flags" USING btree ("post_id");