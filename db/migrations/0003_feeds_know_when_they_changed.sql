DROP INDEX "events_language";--> statement-breakpoint
CREATE INDEX "events_status" ON "events" USING btree ("status","start_time","id") WHERE listed and status <> 'confirmed';--> statement-breakpoint
CREATE INDEX "events_updated" ON "events" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "events_language" ON "events" USING btree (split_part(language, '-', 1),"start_time","id") WHERE listed;