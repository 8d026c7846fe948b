-- What agents read of customers in each hour. When the hour is over it becomes a row of the ledger, and is
-- deleted here.
CREATE TABLE read_hours (
  agent_id text NOT NULL,
  hour timestamptz NOT NULL,
  searches integer NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (agent_id, hour)
);
--> statement-breakpoint
CREATE TABLE read_customers (
  agent_id text NOT NULL,
  hour timestamptz NOT NULL,
  customer_id text NOT NULL,
  opened boolean NOT NULL,
  PRIMARY KEY (agent_id, hour, customer_id)
);
--> statement-breakpoint
-- Adds reads: a list of agentId, hour, searches, seen and opened. Gives for each how many customers its agent
-- has read in its hour. Always in the same order, so that no two callers can wait for each other.
CREATE FUNCTION claim_reads(reads jsonb) RETURNS TABLE (agent text, of_hour timestamptz, customers integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  one jsonb;
BEGIN
  FOR one IN SELECT value FROM jsonb_array_elements(reads) AS value
    ORDER BY value ->> 'agentId', value ->> 'hour'
  LOOP
    agent := one ->> 'agentId';
    of_hour := (one ->> 'hour')::timestamptz;
    IF (one ->> 'searches')::integer > 0
      OR jsonb_array_length(one -> 'seen') + jsonb_array_length(one -> 'opened') > 0
    THEN
      INSERT INTO read_hours AS counted (agent_id, hour, searches, revision)
      VALUES (agent, of_hour, (one ->> 'searches')::integer, 1)
      ON CONFLICT (agent_id, hour) DO UPDATE
      SET searches = counted.searches + EXCLUDED.searches, revision = counted.revision + 1;
      INSERT INTO read_customers AS known (agent_id, hour, customer_id, opened)
      SELECT agent, of_hour, id, bool_or(is_opened) FROM (
        SELECT jsonb_array_elements_text(one -> 'seen') AS id, false AS is_opened
        UNION ALL SELECT jsonb_array_elements_text(one -> 'opened'), true
      ) AS listed GROUP BY id ORDER BY id
      ON CONFLICT (agent_id, hour, customer_id) DO UPDATE
      SET opened = true WHERE EXCLUDED.opened AND NOT known.opened;
    END IF;
    SELECT count(*) INTO customers FROM read_customers
    WHERE agent_id = agent AND read_customers.hour = of_hour;
    RETURN NEXT;
  END LOOP;
END
$$;
--> statement-breakpoint
-- Appends the row of an agent's hour and forgets its counts; returns no row when the counts are no longer those
-- that the row was made of.
CREATE FUNCTION claim_read_hour(
  of_agent text, of_hour timestamptz, of_revision integer, new_content text, personal jsonb
) RETURNS SETOF ledger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  body jsonb := new_content::jsonb;
  counted integer;
  shown integer;
BEGIN
  PERFORM lock_chain();
  DELETE FROM read_hours WHERE agent_id = of_agent AND hour = of_hour AND revision = of_revision
  RETURNING searches INTO counted;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  DELETE FROM read_customers WHERE agent_id = of_agent AND hour = of_hour;
  GET DIAGNOSTICS shown = ROW_COUNT;
  IF (body ->> 'type' = 'customers_read' AND (body ->> 'hour')::timestamptz = of_hour
    AND (body ->> 'searches')::integer = counted AND (body ->> 'customersSeen')::integer = shown) IS NOT TRUE
  THEN
    RAISE EXCEPTION 'This row is not what was counted.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEXT append_ledger_row(new_content, personal);
END
$$;
