ALTER TABLE "moderation_acts" ADD COLUMN "flag_id" uuid;--> statement-breakpoint
ALTER TABLE "moderation_acts" ADD CONSTRAINT "moderation_acts_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "moderation_acts_flag" ON "moderation_acts" USING btree ("flag_id") WHERE flag_id is not null;