-- What is known of a launch beyond its state: who saw it land, what its confirmation rests on, whether the
-- tenant's log is ambiguous about it, and until when that log is searched for a session of it.
ALTER TABLE launches
  ADD COLUMN landed_by text,
  ADD COLUMN confirmed_by text,
  ADD COLUMN ambiguous boolean,
  ADD COLUMN look_due_until timestamptz;
--> statement-breakpoint
CREATE INDEX launches_looked_for ON launches (look_due_until) WHERE look_due_until IS NOT NULL;
--> statement-breakpoint
DROP FUNCTION advance_launch(text, uuid, text[], text, boolean, text, timestamptz, timestamptz, text, text);
--> statement-breakpoint
-- Carries a launch on. `transitions` maps each state that the event can happen in to the state that follows;
-- in any other state no row is appended. A value that `changes` does not name stays as it is.
CREATE FUNCTION advance_launch(
  new_content text, launch_id uuid, transitions jsonb, changes jsonb
) RETURNS SETOF ledger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE launches SET state = transitions ->> state,
    issued_at = CASE WHEN changes ? 'issued' THEN clock_timestamp() ELSE issued_at END,
    session_id = COALESCE(changes ->> 'sessionId', session_id),
    session_ends_at = COALESCE((changes ->> 'sessionEndsAt')::timestamptz, session_ends_at),
    ended_at = COALESCE((changes ->> 'endedAt')::timestamptz, ended_at),
    cause = COALESCE(changes ->> 'cause', cause),
    code = COALESCE(changes ->> 'code', code),
    landed_by = COALESCE(changes ->> 'landedBy', landed_by),
    confirmed_by = COALESCE(changes ->> 'confirmedBy', confirmed_by)
  WHERE id = launch_id AND transitions ? state;
  IF FOUND THEN
    RETURN NEXT append_ledger_row(new_content, '[]');
  END IF;
END
$$;
