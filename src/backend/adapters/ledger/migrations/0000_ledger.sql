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
