ALTER TABLE "flags" ADD COLUMN "message_id" uuid;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "quote" varchar(5000);--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_message_id_discussion_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."discussion_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flags_message" ON "flags" USING btree ("message_id");