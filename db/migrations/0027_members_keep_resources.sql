CREATE TABLE "resources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uri" varchar(2048),
	"group_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"type" varchar(8) NOT NULL,
	"parent_id" uuid,
	"depth" smallint DEFAULT 0 NOT NULL,
	"parent_depth" smallint GENERATED ALWAYS AS (depth - 1) STORED,
	"name" varchar(200) NOT NULL,
	"url" varchar(2048),
	"summary" varchar(500) DEFAULT '' NOT NULL,
	"title" varchar(300) DEFAULT '' NOT NULL,
	"description" varchar(500) DEFAULT '' NOT NULL,
	"preview" varchar(8) DEFAULT 'none' NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (event_document('und', name, summary || ' ' || title || ' ' || description || ' ' ||
        translate(coalesce(url, ''), '/.:?&=_-', '        '), null, '{}'::text[])) STORED,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "resources_place" UNIQUE("id","group_id","depth"),
	CONSTRAINT "resources_type" CHECK ("resources"."type" in ('folder', 'link', 'pad', 'call')),
	CONSTRAINT "resources_preview" CHECK ("resources"."preview" in ('none', 'waiting', 'read', 'failed')),
	CONSTRAINT "resources_read" CHECK ("resources"."preview" = 'read' or ("resources"."title" = '' and "resources"."description" = '')),
	CONSTRAINT "resources_depth" CHECK ("resources"."depth" between 0 and case "resources"."type" when 'folder' then 4 else 5 end),
	CONSTRAINT "resources_nested" CHECK (("resources"."parent_id" is null) = ("resources"."depth" = 0)),
	CONSTRAINT "resources_named" CHECK (("resources"."deleted_at" is null) = ("resources"."name" <> '')),
	CONSTRAINT "resources_url" CHECK (("resources"."url" is null) = ("resources"."type" = 'folder' or "resources"."deleted_at" is not null)),
	CONSTRAINT "resources_scheme" CHECK ("resources"."url" ~ '^https?://'),
	CONSTRAINT "resources_erased" CHECK ("resources"."deleted_at" is null or ("resources"."summary" = '' and "resources"."parent_id" is null and "resources"."preview" = 'none'))
);
--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_parent" FOREIGN KEY ("parent_id","group_id","parent_depth") REFERENCES "public"."resources"("id","group_id","depth") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "resources_uri" ON "resources" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "resources_list" ON "resources" USING btree ("group_id","parent_id",(type <> 'folder'),fold(name),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resources_feed" ON "resources" USING btree ("group_id","depth","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resources_inside" ON "resources" USING btree ("parent_id") WHERE parent_id is not null;--> statement-breakpoint
CREATE INDEX "resources_words" ON "resources" USING gin ("search") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resources_actor" ON "resources" USING btree ("actor_id");