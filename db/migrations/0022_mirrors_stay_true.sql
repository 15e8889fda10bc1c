CREATE INDEX "events_local" ON "events" USING btree ("start_time","id") WHERE listed and uri is null;--> statement-breakpoint
CREATE INDEX "events_fetched" ON "events" USING btree ("fetched_at") WHERE uri is not null;--> statement-breakpoint
CREATE INDEX "peers_judged_at" ON "peers" USING btree ("judged_at");