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
-- Which rows commit to which customer's id, also as one whom somebody opened: a customer's rows are found without
-- reading the ledger.
CREATE TABLE ledger_customers (
  customer_id text NOT NULL,
  seq bigint NOT NULL REFERENCES ledger (seq),
  PRIMARY KEY (customer_id, seq)
);
--> statement-breakpoint
-- An id is taken for good by the row that begins a launch, whatever becomes of the table of launches.
CREATE UNIQUE INDEX ledger_launch_ids ON ledger (((content::jsonb) ->> 'launchId'))
  WHERE (content::jsonb) ->> 'type' IN ('launch_requested', 'launch_refused');
--> statement-breakpoint
-- A launch's rows in an order that no setting of the server changes.
CREATE INDEX ledger_rows_of_launch ON ledger ((((content::jsonb) ->> 'launchId') COLLATE "C"), seq)
  WHERE (content::jsonb) ->> 'launchId' IS NOT NULL;
--> statement-breakpoint
-- One appender at a time, over all replicas, until the end of the transaction. Every function that writes takes
-- this lock before it locks anything else, so no two of them can wait for each other.
CREATE FUNCTION lock_chain() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7310571835020513)
$$;
--> statement-breakpoint
-- Rows are of format 2, in which the agent's id is a commitment like every other personal value. Those of format 1 come
-- with imports only.
CREATE FUNCTION chain_ledger_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  previous record;
BEGIN
  PERFORM lock_chain();
  SELECT seq, hash INTO previous FROM ledger ORDER BY seq DESC LIMIT 1;
  NEW.hash_version := 2;
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
-- Also where a superuser asks for the ordinary triggers to be passed over, as replication does.
ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_chain;
--> statement-breakpoint
ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_append_only;
--> statement-breakpoint
ALTER TABLE ledger_personal ENABLE ALWAYS TRIGGER ledger_personal_unchanged;
--> statement-breakpoint
-- Puts a row's personal values where they can be erased.
CREATE FUNCTION keep_personal(row_seq bigint, personal jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF jsonb_array_length(personal) > 0 THEN
    INSERT INTO ledger_personal (seq, fields) VALUES (row_seq, personal);
    INSERT INTO ledger_customers (customer_id, seq)
    SELECT value ->> 'value', row_seq FROM jsonb_array_elements(personal) AS value
    WHERE value ->> 'field' = 'customerId' OR value ->> 'field' LIKE 'openedCustomerId.%';
  END IF;
END
$$;
--> statement-breakpoint
-- Who may write needs no right on any table: each way to write is a function that checks the step itself and ends here,
-- so that row, personal values and the launch's state are written together or not at all. They are functions also because
-- their plans are kept.
CREATE FUNCTION append_ledger_row(new_content text, personal jsonb) RETURNS ledger LANGUAGE plpgsql AS $$
DECLARE
  appended ledger;
BEGIN
  INSERT INTO ledger (content) VALUES (new_content) RETURNING * INTO appended;
  PERFORM keep_personal(appended.seq, personal);
  RETURN appended;
END
$$;
--> statement-breakpoint
-- Appends a row that belongs to no launch's life. The rows of launches, those of what was read, and those that take
-- something out of the ledger, have functions of their own.
CREATE FUNCTION claim_entry(new_content text, personal jsonb) RETURNS ledger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kind text := new_content::jsonb ->> 'type';
BEGIN
  IF kind IS NULL OR kind LIKE 'launch\_%' OR kind IN ('session_found', 'customers_read')
    OR kind LIKE '%\_erased' OR kind LIKE 'erasure\_%'
  THEN
    RAISE EXCEPTION 'This row is not one that stands alone.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  RETURN append_ledger_row(new_content, personal);
END
$$;
--> statement-breakpoint
-- Whoever takes an export or a report of the ledger may have no right but to read. That it was read is a row all the
-- same, which every role that reads appends by this function and no other way.
CREATE FUNCTION record_reading(new_content text, personal jsonb) RETURNS ledger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF (new_content::jsonb ->> 'type' IN ('ledger_exported', 'report_made')) IS NOT TRUE THEN
    RAISE EXCEPTION 'This row is not about reading.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  RETURN append_ledger_row(new_content, personal);
END
$$;
