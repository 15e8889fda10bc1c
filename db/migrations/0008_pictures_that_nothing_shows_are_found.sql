CREATE INDEX "actors_icon" ON "actors" USING btree ("icon_id") WHERE icon_id is not null;--> statement-breakpoint
CREATE INDEX "actors_image" ON "actors" USING btree ("image_id") WHERE image_id is not null;--> statement-breakpoint
CREATE INDEX "events_cover" ON "events" USING btree ("cover_id") WHERE cover_id is not null;