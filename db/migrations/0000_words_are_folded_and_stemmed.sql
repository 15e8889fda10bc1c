-- Functions that indexes and a generated column of the next migration need. Extensions: all three are "trusted", so the
-- owner of a database may create them without being superuser.
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
-- unaccent() is only STABLE because its dictionary could change; ours never does, and an index needs IMMUTABLE.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;
--> statement-breakpoint
CREATE FUNCTION stemmer(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE lower(split_part(coalesce(language, ''), '-', 1))
  WHEN 'en' THEN 'pg_catalog.english' WHEN 'fr' THEN 'pg_catalog.french' WHEN 'de' THEN 'pg_catalog.german'
  WHEN 'es' THEN 'pg_catalog.spanish' WHEN 'it' THEN 'pg_catalog.italian' WHEN 'nl' THEN 'pg_catalog.dutch'
  WHEN 'pt' THEN 'pg_catalog.portuguese' WHEN 'ar' THEN 'pg_catalog.arabic' WHEN 'ru' THEN 'pg_catalog.russian'
  WHEN 'sv' THEN 'pg_catalog.swedish' WHEN 'fi' THEN 'pg_catalog.finnish' WHEN 'da' THEN 'pg_catalog.danish'
  WHEN 'no' THEN 'pg_catalog.norwegian' WHEN 'nb' THEN 'pg_catalog.norwegian' ELSE 'pg_catalog.simple' END::regconfig $$;
--> statement-breakpoint
-- Each word twice: stemmed in the event's language, and as written (for prefixes, and readers of other languages).
-- Folded before stemming, so that "velos" and "vélos" meet.
CREATE FUNCTION event_document(language text, name text, content text, locality text, tags text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT
  setweight(to_tsvector(stemmer(language), fold(name)), 'A') || setweight(to_tsvector('pg_catalog.simple', fold(name)), 'A') ||
  setweight(to_tsvector('pg_catalog.simple', fold(array_to_string(tags, ' '))), 'B') ||
  setweight(to_tsvector('pg_catalog.simple', fold(coalesce(locality, ''))), 'B') ||
  setweight(to_tsvector(stemmer(language), fold(left(content, 10000))), 'C') ||
  setweight(to_tsvector('pg_catalog.simple', fold(left(content, 10000))), 'C') $$;
--> statement-breakpoint
-- The reader's words in every language that we stem: the event's own stems match one of them.
CREATE FUNCTION search_words(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT websearch_to_tsquery('pg_catalog.simple', fold(words))
  || websearch_to_tsquery('pg_catalog.english', fold(words)) || websearch_to_tsquery('pg_catalog.french', fold(words))
  || websearch_to_tsquery('pg_catalog.german', fold(words)) || websearch_to_tsquery('pg_catalog.spanish', fold(words))
  || websearch_to_tsquery('pg_catalog.italian', fold(words)) || websearch_to_tsquery('pg_catalog.dutch', fold(words))
  || websearch_to_tsquery('pg_catalog.portuguese', fold(words)) $$;
--> statement-breakpoint
-- Great-circle distance in kilometres (haversine; the earth as a sphere of 6,371 km).
CREATE FUNCTION kilometres(lat1 float8, lon1 float8, lat2 float8, lon2 float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT 12742 * asin(sqrt(least(1, power(sind((lat2 - lat1) / 2), 2) + cosd(lat1) * cosd(lat2) * power(sind((lon2 - lon1) / 2), 2)))) $$;
