-- Erasing personal values: by two people, after a delay, never by somebody who acted as that customer or approved it,
-- and never while a session of that customer may still be open. All of it is checked here, by functions that only the
-- eraser's role may call. A value leaves together with its salt; the row, its commitments and its hash stay.
CREATE TABLE ledger_settings (
  name text PRIMARY KEY,
  value text NOT NULL
);
--> statement-breakpoint
INSERT INTO ledger_settings (name, value) VALUES ('erasure_delay_minutes', '1440');
--> statement-breakpoint
CREATE TABLE erasures (
  id uuid PRIMARY KEY,
  -- Absent once it was erased.
  customer_id text,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  confirmable_from timestamptz NOT NULL,
  confirmed_by text,
  confirmed_at timestamptz
);
--> statement-breakpoint
CREATE FUNCTION personal_value(personal jsonb, wanted text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT value ->> 'value' FROM jsonb_array_elements(personal) AS value WHERE value ->> 'field' = wanted
$$;
--> statement-breakpoint
-- All rows about a customer: those that commit to the customer's id, and the further rows of their launches.
CREATE FUNCTION rows_of_customer(customer text) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
  SELECT seq FROM ledger_customers WHERE customer_id = customer
  UNION
  SELECT later.seq FROM ledger_customers known
  JOIN ledger first_row ON first_row.seq = known.seq
  JOIN ledger later ON ((later.content::jsonb) ->> 'launchId') COLLATE "C" = (first_row.content::jsonb) ->> 'launchId'
  WHERE known.customer_id = customer
$$;
--> statement-breakpoint
-- Refuses a person who acted as the customer, ended such a session or approved it.
CREATE FUNCTION assert_uninvolved(customer text, person text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM rows_of_customer(customer) AS known (seq)
    JOIN ledger USING (seq)
    LEFT JOIN ledger_personal USING (seq),
    LATERAL jsonb_array_elements(COALESCE(fields, '[]')) AS value
    WHERE ledger.content::jsonb ->> 'type' NOT LIKE 'erasure\_%'
      AND value ->> 'field' IN ('agentId', 'endedBy', 'approvedBy') AND value ->> 'value' = person
      AND ledger.content::jsonb ->> 'launchId' IS NOT NULL;
  IF FOUND THEN
    RAISE EXCEPTION 'Who acted as this customer cannot erase it.' USING ERRCODE = 'UE001';
  END IF;
END
$$;
--> statement-breakpoint
-- Takes fields of rows away and appends the row that says which. `content` has `"erased":[]` where the list goes.
CREATE FUNCTION remove_personal(doomed jsonb, content text, personal jsonb) RETURNS ledger LANGUAGE plpgsql AS $$
DECLARE
  item jsonb;
  kept jsonb;
  listed text := '';
BEGIN
  FOR item IN SELECT jsonb_array_elements(doomed) LOOP
    SELECT COALESCE(jsonb_agg(value), '[]') INTO kept
    FROM ledger_personal, jsonb_array_elements(fields) AS value
    WHERE seq = (item ->> 'seq')::bigint AND NOT (item -> 'fields') ? (value ->> 'field');
    DELETE FROM ledger_personal WHERE seq = (item ->> 'seq')::bigint;
    IF kept <> '[]' THEN
      INSERT INTO ledger_personal (seq, fields) VALUES ((item ->> 'seq')::bigint, kept);
    END IF;
    listed := listed || CASE listed WHEN '' THEN '' ELSE ',' END || '{"seq":' || (item ->> 'seq') || ',"fields":['
      || (SELECT string_agg(name::text, ',') FROM jsonb_array_elements(item -> 'fields') AS name) || ']}';
  END LOOP;
  RETURN append_ledger_row(replace(content, '"erased":[]', '"erased":[' || listed || ']'), personal);
END
$$;
--> statement-breakpoint
-- The first of two people asks for a customer to be erased.
CREATE FUNCTION erase_request(new_content text, personal jsonb) RETURNS TABLE (head_seq bigint, head_hash text, due timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  body jsonb := new_content::jsonb;
  customer text := personal_value(personal, 'customerId');
  person text := personal_value(personal, 'agentId');
  delay_minutes integer;
  appended ledger;
BEGIN
  IF body ->> 'type' IS DISTINCT FROM 'erasure_requested' OR customer IS NULL OR person IS NULL THEN
    RAISE EXCEPTION 'This row requests no erasure.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  PERFORM FROM ledger_customers known JOIN ledger first_row USING (seq)
    WHERE known.customer_id = customer AND first_row.content::jsonb ->> 'launchId' IS NOT NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Nothing is known of this customer.' USING ERRCODE = 'UE004';
  END IF;
  PERFORM assert_uninvolved(customer, person);
  SELECT value::integer INTO delay_minutes FROM ledger_settings WHERE name = 'erasure_delay_minutes';
  appended := append_ledger_row(new_content, personal);
  due := appended.recorded_at::timestamptz + delay_minutes * interval '1 minute';
  INSERT INTO erasures (id, customer_id, requested_by, requested_at, confirmable_from)
  VALUES ((body ->> 'erasureId')::uuid, customer, person, appended.recorded_at::timestamptz, due);
  head_seq := appended.seq;
  head_hash := appended.hash;
  RETURN NEXT;
END
$$;
--> statement-breakpoint
-- The second of two people confirms it: everything personal of the customer is taken away. What names agents stays:
-- it is not the customer's, and says who did what.
CREATE FUNCTION erase_confirm(erasure uuid, new_content text, personal jsonb) RETURNS TABLE (head_seq bigint, head_hash text, erased_values bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  asked erasures;
  person text := personal_value(personal, 'agentId');
  doomed jsonb;
  appended ledger;
BEGIN
  IF new_content::jsonb ->> 'type' IS DISTINCT FROM 'personal_erased' OR person IS NULL THEN
    RAISE EXCEPTION 'This row confirms no erasure.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  SELECT * INTO asked FROM erasures WHERE id = erasure;
  IF asked.id IS NULL OR asked.customer_id IS NULL THEN
    RAISE EXCEPTION 'There is no such erasure to confirm.' USING ERRCODE = 'UE004';
  END IF;
  IF asked.requested_by = person THEN
    RAISE EXCEPTION 'Another person has to confirm.' USING ERRCODE = 'UE002';
  END IF;
  IF asked.confirmable_from > clock_timestamp() THEN
    RAISE EXCEPTION 'It is too early to confirm.' USING ERRCODE = 'UE003';
  END IF;
  PERFORM assert_uninvolved(asked.customer_id, person);
  PERFORM FROM launches JOIN ledger_customers known ON known.seq = launches.first_seq
    WHERE known.customer_id = asked.customer_id
      AND (look_due_until > clock_timestamp()
        OR state IN ('requested')
        OR (state IN ('issued', 'opened', 'landed', 'unconfirmed', 'confirmed')
          AND COALESCE(session_ends_at > clock_timestamp(), true)));
  IF FOUND THEN
    RAISE EXCEPTION 'A session of this customer may still be open.' USING ERRCODE = 'UE005';
  END IF;
  SELECT COALESCE(jsonb_agg(jsonb_build_object('seq', row_seq, 'fields', names) ORDER BY row_seq), '[]') INTO doomed
  FROM (
    SELECT known.row_seq, jsonb_agg(value -> 'field') AS names
    FROM rows_of_customer(asked.customer_id) AS known (row_seq)
    JOIN ledger_personal ON ledger_personal.seq = known.row_seq, jsonb_array_elements(fields) AS value
    WHERE value ->> 'field' NOT IN ('agentId', 'agentIp', 'endedBy', 'approvedBy')
      -- What an agent read in an hour names further customers, who stay.
      AND (value ->> 'field' NOT LIKE 'openedCustomerId.%' OR value ->> 'value' = asked.customer_id)
    GROUP BY known.row_seq
  ) AS found;
  appended := remove_personal(doomed, new_content, personal);
  DELETE FROM ledger_customers WHERE customer_id = asked.customer_id;
  UPDATE erasures SET customer_id = NULL, confirmed_by = person, confirmed_at = appended.recorded_at::timestamptz
  WHERE customer_id = asked.customer_id;
  RETURN QUERY SELECT appended.seq, appended.hash,
    (SELECT COALESCE(sum(jsonb_array_length(item -> 'fields')), 0) FROM jsonb_array_elements(doomed) AS item);
END
$$;
--> statement-breakpoint
-- Retention: takes away every personal value of rows older than a time, at most 1,000 rows at once; no row when
-- there is none. Not before 30 days, and not where a session may still be open.
CREATE FUNCTION erase_before(cutoff timestamptz, new_content text) RETURNS TABLE (head_seq bigint, head_hash text, erased_values bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  doomed jsonb;
  appended ledger;
BEGIN
  IF new_content::jsonb ->> 'type' IS DISTINCT FROM 'personal_erased' THEN
    RAISE EXCEPTION 'This row says nothing of an erasure.' USING ERRCODE = 'check_violation';
  END IF;
  IF cutoff > clock_timestamp() - interval '30 days' THEN
    RAISE EXCEPTION 'Rows are kept for 30 days at least.' USING ERRCODE = 'UE003';
  END IF;
  PERFORM lock_chain();
  SELECT COALESCE(jsonb_agg(jsonb_build_object('seq', found.row_seq, 'fields', names) ORDER BY found.row_seq), '[]') INTO doomed
  FROM (
    SELECT ledger.seq AS row_seq, (SELECT jsonb_agg(value -> 'field') FROM jsonb_array_elements(fields) AS value) AS names
    FROM ledger JOIN ledger_personal ON ledger_personal.seq = ledger.seq
    LEFT JOIN launches ON launches.first_seq = ledger.seq
    WHERE ledger.recorded_at::timestamptz < cutoff
      AND COALESCE(look_due_until < clock_timestamp(), true)
      AND COALESCE(session_ends_at < clock_timestamp(), true)
    ORDER BY ledger.seq LIMIT 1000
  ) AS found;
  IF doomed = '[]' THEN
    RETURN;
  END IF;
  appended := remove_personal(doomed, new_content, '[]');
  DELETE FROM ledger_customers known USING jsonb_array_elements(doomed) AS item
  WHERE known.seq = (item ->> 'seq')::bigint;
  UPDATE launches SET agent_id = '(erased)'
  FROM jsonb_array_elements(doomed) AS item WHERE launches.first_seq = (item ->> 'seq')::bigint;
  RETURN QUERY SELECT appended.seq, appended.hash,
    (SELECT sum(jsonb_array_length(item -> 'fields')) FROM jsonb_array_elements(doomed) AS item);
END
$$;
