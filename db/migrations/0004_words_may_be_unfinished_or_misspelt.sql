-- All of these words, the last one perhaps unfinished: "velo", "ate" finds "Atelier vélo". Lexemes are quoted, not parsed,
-- so that no letter can become an operator.
CREATE FUNCTION search_prefix(words text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (string_agg(quote_literal(fold(word)), ' & ') || ':*')::tsquery FROM unnest(words) word $$;
--> statement-breakpoint
-- The sixty titles most like misspelt words, of events that end after an instant. Half of the words' trigrams are enough
-- ("montrael" and "Montréal" share five of nine); a session's own threshold must not change that, hence SET.
CREATE FUNCTION similar_events(words text, since timestamptz) RETURNS TABLE (id uuid, likeness real)
LANGUAGE sql STABLE PARALLEL SAFE SET pg_trgm.word_similarity_threshold = 0.5
AS $$ SELECT id, word_similarity(fold(words), fold(name)) FROM public.events
  WHERE listed AND fold(name) %> fold(words) AND end_time > since ORDER BY 2 DESC, start_time LIMIT 60 $$;
