-- Who may write needs no right on any table: each way to write is a function that checks the step itself and
-- derives the table of launches from the row it appends. New rows are of format 2, in which the agent's id is a
-- commitment like every other personal value.
CREATE TABLE launch_transitions (
  row_type text NOT NULL,
  state text NOT NULL,
  next_state text NOT NULL,
  PRIMARY KEY (row_type, state)
);
--> statement-breakpoint
INSERT INTO launch_transitions (row_type, state, next_state) VALUES
  ('launch_issued', 'requested', 'issued'),
  ('launch_failed', 'requested', 'failed'),
  ('launch_failed', 'interrupted', 'failed'),
  ('launch_interrupted', 'requested', 'interrupted'),
  ('launch_opened', 'issued', 'opened'),
  ('launch_landed', 'issued', 'landed'),
  ('launch_landed', 'opened', 'landed'),
  ('launch_landed', 'unconfirmed', 'unconfirmed'),
  ('launch_landed', 'not_landed', 'landed'),
  ('launch_landed', 'interrupted', 'landed'),
  ('launch_confirmed', 'issued', 'confirmed'),
  ('launch_confirmed', 'opened', 'confirmed'),
  ('launch_confirmed', 'landed', 'confirmed'),
  ('launch_confirmed', 'unconfirmed', 'confirmed'),
  ('launch_confirmed', 'not_landed', 'confirmed'),
  ('launch_confirmed', 'interrupted', 'confirmed'),
  ('launch_unconfirmed', 'opened', 'unconfirmed'),
  ('launch_unconfirmed', 'landed', 'unconfirmed'),
  ('launch_not_landed', 'requested', 'interrupted'),
  ('launch_not_landed', 'issued', 'not_landed'),
  ('launch_not_landed', 'opened', 'not_landed'),
  ('launch_not_landed', 'interrupted', 'not_landed'),
  ('launch_ended', 'issued', 'ended'),
  ('launch_ended', 'opened', 'ended'),
  ('launch_ended', 'landed', 'ended'),
  ('launch_ended', 'unconfirmed', 'ended'),
  ('launch_ended', 'confirmed', 'ended'),
  ('launch_ended', 'not_landed', 'ended'),
  ('launch_ended', 'interrupted', 'ended'),
  ('session_found', 'requested', 'requested'),
  ('session_found', 'issued', 'issued'),
  ('session_found', 'opened', 'opened'),
  ('session_found', 'landed', 'landed'),
  ('session_found', 'unconfirmed', 'unconfirmed'),
  ('session_found', 'confirmed', 'confirmed'),
  ('session_found', 'not_landed', 'not_landed'),
  ('session_found', 'interrupted', 'interrupted'),
  ('session_found', 'failed', 'failed'),
  ('session_found', 'ended', 'ended');
--> statement-breakpoint
-- The number of the row that a launch's columns are as of.
ALTER TABLE launches ADD COLUMN last_seq bigint;
--> statement-breakpoint
-- Which rows commit to which customer's id: a customer's rows are found without reading the ledger.
CREATE TABLE ledger_customers (
  customer_id text NOT NULL,
  seq bigint NOT NULL REFERENCES ledger (seq),
  PRIMARY KEY (customer_id, seq)
);
--> statement-breakpoint
INSERT INTO ledger_customers (customer_id, seq)
SELECT value ->> 'value', seq FROM ledger_personal, jsonb_array_elements(fields) AS value
WHERE value ->> 'field' = 'customerId';
--> statement-breakpoint
CREATE INDEX ledger_rows_of_launch ON ledger (((content::jsonb) ->> 'launchId'), seq)
  WHERE (content::jsonb) ->> 'launchId' IS NOT NULL;
--> statement-breakpoint
DROP FUNCTION claim_launch(text, jsonb, uuid, text, text, text, text, text, jsonb);
--> statement-breakpoint
DROP FUNCTION claim_launch(text, jsonb, uuid, text, text, text, text, text);
--> statement-breakpoint
DROP FUNCTION advance_launch(text, uuid, jsonb, jsonb);
--> statement-breakpoint
-- One appender at a time, over all replicas, until the end of the transaction. Every function that writes takes
-- this lock before it locks anything else, so no two of them can wait for each other.
CREATE FUNCTION lock_chain() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7310571835020513)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION chain_ledger_row() RETURNS trigger LANGUAGE plpgsql AS $$
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
    WHERE value ->> 'field' = 'customerId';
  END IF;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION append_ledger_row(new_content text, personal jsonb) RETURNS ledger LANGUAGE plpgsql AS $$
DECLARE
  appended ledger;
BEGIN
  INSERT INTO ledger (content) VALUES (new_content) RETURNING * INTO appended;
  PERFORM keep_personal(appended.seq, personal);
  RETURN appended;
END
$$;
--> statement-breakpoint
-- What one row makes of the table of launches: the same when it is appended and when a ledger is imported. A row
-- that belongs to no launch, or that its launch's state does not allow, changes nothing.
CREATE FUNCTION project_launch_row(appended ledger, agent text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  body jsonb := appended.content::jsonb;
  kind text := body ->> 'type';
  recorded timestamptz := appended.recorded_at::timestamptz;
BEGIN
  IF kind IN ('launch_requested', 'launch_refused') THEN
    INSERT INTO launches (id, first_seq, last_seq, agent_id, state, target_app_id, organization_id, requested_at, code)
    VALUES ((body ->> 'launchId')::uuid, appended.seq, appended.seq, agent,
      CASE kind WHEN 'launch_requested' THEN 'requested' ELSE 'refused' END,
      body ->> 'targetAppId', body ->> 'organizationId', recorded, body ->> 'code');
    RETURN;
  END IF;
  UPDATE launches SET
    state = transition.next_state,
    last_seq = appended.seq,
    issued_at = CASE WHEN kind = 'launch_issued' THEN recorded ELSE issued_at END,
    -- A session that several launches may have made belongs to none of them.
    session_id = CASE WHEN body ? 'ambiguous' THEN session_id ELSE COALESCE(body ->> 'sessionId', session_id) END,
    session_ends_at = COALESCE((body ->> 'sessionEndsAt')::timestamptz, session_ends_at),
    ended_at = CASE WHEN kind = 'launch_ended' THEN (body ->> 'occurredAt')::timestamptz ELSE ended_at END,
    cause = CASE WHEN kind = 'launch_ended' THEN body ->> 'cause' ELSE cause END,
    code = CASE WHEN kind = 'launch_failed' THEN body ->> 'code' ELSE code END,
    landed_by = COALESCE(body ->> 'landedBy', landed_by),
    confirmed_by = COALESCE(body ->> 'confirmedBy', confirmed_by),
    ambiguous = CASE WHEN body ? 'ambiguous' THEN true
      WHEN kind = 'launch_confirmed' THEN false ELSE ambiguous END,
    tenant_session = COALESCE(body ->> 'tenantSession', tenant_session),
    redeemable_until = COALESCE((body ->> 'redeemableUntil')::timestamptz, redeemable_until),
    -- A look is only ever extended, until `lookOver` ends it.
    look_due_until = CASE WHEN body ? 'lookOver' THEN LEAST(look_due_until, recorded)
      ELSE GREATEST(look_due_until, (body ->> 'lookDueUntil')::timestamptz) END
  FROM launch_transitions transition
  WHERE launches.id = (body ->> 'launchId')::uuid
    AND transition.row_type = kind AND transition.state = launches.state;
END
$$;
--> statement-breakpoint
-- Carries a launch on. Where the launch's state does not allow the row's type, nothing is appended.
CREATE FUNCTION advance_launch(new_content text, personal jsonb) RETURNS SETOF ledger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  body jsonb := new_content::jsonb;
  appended ledger;
BEGIN
  PERFORM lock_chain();
  PERFORM FROM launches JOIN launch_transitions allowed
    ON allowed.state = launches.state AND allowed.row_type = body ->> 'type'
    WHERE launches.id = (body ->> 'launchId')::uuid;
  IF FOUND THEN
    appended := append_ledger_row(new_content, personal);
    PERFORM project_launch_row(appended, NULL);
    RETURN NEXT appended;
  END IF;
END
$$;
--> statement-breakpoint
-- Begins a launch and ends its rivals: the open launches with the same agent, address, customer, app and
-- organization. `rivals` has the customer, the address, the open states, the text that stands for a rival's id,
-- and the rows to append for each, of which the one that its state allows is appended. It is NULL for a refused
-- launch. Fails on launches_pkey or ledger_launch_ids when the id is taken, and then ends nothing.
CREATE FUNCTION claim_launch(new_content text, personal jsonb, rivals jsonb) RETURNS ledger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  body jsonb := new_content::jsonb;
  agent text := jsonb_path_query_first(personal, '$[*] ? (@.field == "agentId").value') #>> '{}';
  rival uuid;
  step jsonb;
  appended ledger;
BEGIN
  IF (body ->> 'type' IN ('launch_requested', 'launch_refused')) IS NOT TRUE OR agent IS NULL THEN
    RAISE EXCEPTION 'This row begins no launch.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  IF rivals IS NOT NULL THEN
    FOR rival IN
      SELECT other.id FROM launches other JOIN ledger_personal known ON known.seq = other.first_seq
      WHERE other.agent_id = agent AND other.target_app_id = body ->> 'targetAppId'
        AND other.state IN (SELECT jsonb_array_elements_text(rivals -> 'states'))
        AND other.requested_at > clock_timestamp() - interval '1 day'
        AND other.organization_id IS NOT DISTINCT FROM body ->> 'organizationId'
        AND COALESCE(other.session_ends_at > clock_timestamp(), true)
        AND known.fields @> (rivals -> 'customer') AND known.fields @> (rivals -> 'address')
      ORDER BY other.first_seq
    LOOP
      FOR step IN SELECT jsonb_array_elements(rivals -> 'steps') LOOP
        PERFORM advance_launch(
          replace(step ->> 'content', rivals ->> 'placeholder', rival::text), step -> 'personal');
      END LOOP;
    END LOOP;
  END IF;
  appended := append_ledger_row(new_content, personal);
  PERFORM project_launch_row(appended, agent);
  RETURN appended;
END
$$;
--> statement-breakpoint
-- Appends a row that belongs to no launch's life. The rows of launches, and those that take something out of the
-- ledger, have functions of their own.
CREATE FUNCTION claim_entry(new_content text, personal jsonb) RETURNS ledger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kind text := new_content::jsonb ->> 'type';
BEGIN
  IF kind IS NULL OR kind LIKE 'launch\_%' OR kind = 'session_found' OR kind LIKE '%\_erased' OR kind LIKE 'erasure\_%' THEN
    RAISE EXCEPTION 'This row is not one that stands alone.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  RETURN append_ledger_row(new_content, personal);
END
$$;
--> statement-breakpoint
-- Takes a duty that one process at a time has, or keeps it; false while another process has it.
CREATE FUNCTION claim_duty(duty text, candidate uuid, milliseconds integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO duties (name, holder, held_until)
  VALUES (duty, candidate, clock_timestamp() + milliseconds * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, held_until = EXCLUDED.held_until
  WHERE duties.holder = EXCLUDED.holder OR duties.held_until < clock_timestamp();
  RETURN FOUND;
END
$$;
