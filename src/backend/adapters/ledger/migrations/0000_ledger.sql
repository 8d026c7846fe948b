-- The ledger: append-only and hash-chained. The row's number, its time and its place in the chain are
-- the database's own, whatever the client sends.
CREATE TABLE ledger (
  seq bigint PRIMARY KEY,
  hash_version integer NOT NULL,
  recorded_at text NOT NULL,
  content text NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL
);
--> statement-breakpoint
-- Personal values live beside the chain, a row for each ledger row that has any: a list of field, salt
-- and value. The chain holds salted commitments to them.
CREATE TABLE ledger_personal (
  seq bigint PRIMARY KEY REFERENCES ledger (seq),
  fields jsonb NOT NULL
);
--> statement-breakpoint
-- Where each launch stands now, written in the same statement as its ledger row.
CREATE TABLE launches (
  id uuid PRIMARY KEY,
  first_seq bigint NOT NULL REFERENCES ledger (seq),
  agent_id text NOT NULL,
  state text NOT NULL,
  target_app_id text NOT NULL,
  organization_id text,
  requested_at timestamptz NOT NULL,
  issued_at timestamptz,
  session_id text,
  session_ends_at timestamptz,
  ended_at timestamptz,
  cause text,
  code text
);
--> statement-breakpoint
CREATE INDEX launches_of_agent ON launches (agent_id, requested_at DESC);
--> statement-breakpoint
CREATE FUNCTION chain_ledger_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  previous record;
BEGIN
  -- One appender at a time, over all replicas; released at the end of the transaction.
  PERFORM pg_advisory_xact_lock(7310571835020513);
  SELECT seq, hash INTO previous FROM ledger ORDER BY seq DESC LIMIT 1;
  NEW.hash_version := 1;
  NEW.seq := COALESCE(previous.seq, 0) + 1;
  NEW.recorded_at := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  NEW.previous_hash := COALESCE(previous.hash, repeat('0', 64));
  NEW.hash := encode(sha256(convert_to(
    NEW.hash_version || E'\n' || NEW.seq || E'\n' || NEW.recorded_at || E'\n' || NEW.previous_hash || E'\n' || NEW.content,
    'UTF8')), 'hex');
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_chain BEFORE INSERT ON ledger
  FOR EACH ROW EXECUTE FUNCTION chain_ledger_row();
--> statement-breakpoint
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The ledger is append-only.';
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
--> statement-breakpoint
-- Personal values may be erased, never changed.
CREATE TRIGGER ledger_personal_unchanged BEFORE UPDATE ON ledger_personal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
--> statement-breakpoint
-- The three ways to write, each one statement for its caller, so that row, personal values and the launch's
-- state are written together or not at all. They are functions because their plans are kept.
CREATE FUNCTION append_ledger_row(new_content text, personal jsonb) RETURNS ledger LANGUAGE plpgsql AS $$
DECLARE
  appended ledger;
BEGIN
  INSERT INTO ledger (content) VALUES (new_content) RETURNING * INTO appended;
  IF jsonb_array_length(personal) > 0 THEN
    INSERT INTO ledger_personal (seq, fields) VALUES (appended.seq, personal);
  END IF;
  RETURN appended;
END
$$;
--> statement-breakpoint
-- Begins a launch. Fails on launches_pkey when the id is taken.
CREATE FUNCTION claim_launch(
  new_content text, personal jsonb, launch_id uuid, agent text, first_state text,
  target_app text, organization text, refusal_code text
) RETURNS ledger LANGUAGE plpgsql AS $$
DECLARE
  appended ledger;
BEGIN
  appended := append_ledger_row(new_content, personal);
  INSERT INTO launches (id, first_seq, agent_id, state, target_app_id, organization_id, requested_at, code)
  VALUES (launch_id, appended.seq, agent, first_state, target_app, organization,
    appended.recorded_at::timestamptz, refusal_code);
  RETURN appended;
END
$$;
--> statement-breakpoint
-- Carries a launch on from one of the given states; returns no row when it is in another. What is NULL
-- keeps what is there.
CREATE FUNCTION advance_launch(
  new_content text, launch_id uuid, from_states text[], next_state text, is_issued boolean,
  next_session_id text, next_session_ends_at timestamptz, next_ended_at timestamptz,
  next_cause text, next_code text
) RETURNS SETOF ledger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE launches SET state = next_state,
    issued_at = CASE WHEN is_issued THEN clock_timestamp() ELSE issued_at END,
    session_id = COALESCE(next_session_id, session_id),
    session_ends_at = COALESCE(next_session_ends_at, session_ends_at),
    ended_at = COALESCE(next_ended_at, ended_at),
    cause = COALESCE(next_cause, cause),
    code = COALESCE(next_code, code)
  WHERE id = launch_id AND state = ANY (from_states);
  IF FOUND THEN
    RETURN NEXT append_ledger_row(new_content, '[]');
  END IF;
END
$$;
