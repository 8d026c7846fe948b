-- Which version of the company's rules was in force from when: the last one is in force. A replica that decides by
-- another one is behind.
CREATE TABLE policy_versions (
  number bigint PRIMARY KEY,
  hash text NOT NULL,
  adopted_at timestamptz NOT NULL
);
--> statement-breakpoint
-- Says whether a replica's rules are those in force. Rules that were never in force come into force; rules that were
-- are an old version, unless somebody changed them back on purpose. What comes into force is a row of the ledger.
CREATE FUNCTION claim_policy(new_hash text, is_deliberate boolean, new_content text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  body jsonb := new_content::jsonb;
  newest record;
BEGIN
  IF (body ->> 'type' = 'policy_adopted' AND body ->> 'policyHash' = new_hash) IS NOT TRUE THEN
    RAISE EXCEPTION 'This row is of another version.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  SELECT number, hash INTO newest FROM policy_versions ORDER BY number DESC LIMIT 1;
  IF newest.hash = new_hash THEN
    RETURN true;
  END IF;
  IF NOT is_deliberate AND EXISTS (SELECT FROM policy_versions WHERE hash = new_hash) THEN
    RETURN false;
  END IF;
  INSERT INTO policy_versions (number, hash, adopted_at)
  VALUES (COALESCE(newest.number, 0) + 1, new_hash, clock_timestamp());
  PERFORM append_ledger_row(new_content, '[]');
  RETURN true;
END
$$;
--> statement-breakpoint
-- Whether a launch of this state and end counts as one that is there: one whose token is being asked for does.
CREATE FUNCTION is_open_launch(state text, session_ends_at timestamptz, open_states jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT open_states ? state AND COALESCE(session_ends_at > clock_timestamp(), true)
$$;
--> statement-breakpoint
-- Begins a launch as before, under the company's limits and by the rules in force. `limits` has any of perHour,
-- active, perCustomer and perOrganization; a launch that this one takes the place of counts against none of them.
-- Fails on limit_<name> or policy_behind, and then ends nothing.
CREATE FUNCTION claim_launch(new_content text, personal jsonb, rivals jsonb, limits jsonb) RETURNS ledger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  body jsonb := new_content::jsonb;
  agent text := jsonb_path_query_first(personal, '$[*] ? (@.field == "agentId").value') #>> '{}';
  customer text := jsonb_path_query_first(personal, '$[*] ? (@.field == "customerId").value') #>> '{}';
  replaced uuid[] := '{}';
  in_force text;
  rival uuid;
  step jsonb;
  appended ledger;
BEGIN
  IF (body ->> 'type' IN ('launch_requested', 'launch_refused')) IS NOT TRUE OR agent IS NULL THEN
    RAISE EXCEPTION 'This row begins no launch.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  IF rivals IS NOT NULL THEN
    SELECT hash INTO in_force FROM policy_versions ORDER BY number DESC LIMIT 1;
    IF in_force <> body ->> 'policyHash' THEN
      RAISE EXCEPTION 'Other rules are in force.' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_behind';
    END IF;
    FOR rival IN
      -- OFFSET 0 keeps the planner, which knows nothing of a young database, from beginning with the agent's launches.
      SELECT other.id FROM ledger_customers theirs
        CROSS JOIN LATERAL (SELECT * FROM launches WHERE launches.first_seq = theirs.seq OFFSET 0) other
        JOIN ledger_personal known ON known.seq = theirs.seq
      WHERE theirs.customer_id = rivals -> 'customer' -> 0 ->> 'value'
        AND other.agent_id = agent AND other.target_app_id = body ->> 'targetAppId'
        AND other.state IN (SELECT jsonb_array_elements_text(rivals -> 'states'))
        AND other.requested_at > clock_timestamp() - interval '1 day'
        AND other.organization_id IS NOT DISTINCT FROM body ->> 'organizationId'
        AND COALESCE(other.session_ends_at > clock_timestamp(), true)
        AND known.fields @> (rivals -> 'address')
      ORDER BY other.first_seq
    LOOP
      replaced := replaced || rival;
      FOR step IN SELECT jsonb_array_elements(rivals -> 'steps') LOOP
        PERFORM advance_launch(
          replace(step ->> 'content', rivals ->> 'placeholder', rival::text), step -> 'personal');
      END LOOP;
    END LOOP;
    IF limits ? 'perHour' AND (limits ->> 'perHour')::bigint <= (
      SELECT count(*) FROM launches WHERE agent_id = agent AND state <> 'refused'
        AND requested_at > clock_timestamp() - interval '1 hour' AND id <> ALL (replaced)
    ) THEN
      RAISE EXCEPTION 'Limit.' USING ERRCODE = 'check_violation', CONSTRAINT = 'limit_perHour';
    END IF;
    IF limits ? 'active' AND (limits ->> 'active')::bigint <= (
      SELECT count(*) FROM launches WHERE agent_id = agent
        AND requested_at > clock_timestamp() - interval '1 day'
        AND is_open_launch(state, session_ends_at, rivals -> 'states') AND id <> ALL (replaced)
    ) THEN
      RAISE EXCEPTION 'Limit.' USING ERRCODE = 'check_violation', CONSTRAINT = 'limit_active';
    END IF;
    IF limits ? 'perCustomer' AND (limits ->> 'perCustomer')::bigint <= (
      SELECT count(*) FROM ledger_customers known JOIN launches ON launches.first_seq = known.seq
      WHERE known.customer_id = customer AND requested_at > clock_timestamp() - interval '1 day'
        AND is_open_launch(state, session_ends_at, rivals -> 'states') AND id <> ALL (replaced)
    ) THEN
      RAISE EXCEPTION 'Limit.' USING ERRCODE = 'check_violation', CONSTRAINT = 'limit_perCustomer';
    END IF;
    IF limits ? 'perOrganization' AND body ? 'organizationId' AND (limits ->> 'perOrganization')::bigint <= (
      SELECT count(*) FROM launches WHERE organization_id = body ->> 'organizationId'
        AND requested_at > clock_timestamp() - interval '1 day'
        AND is_open_launch(state, session_ends_at, rivals -> 'states') AND id <> ALL (replaced)
    ) THEN
      RAISE EXCEPTION 'Limit.' USING ERRCODE = 'check_violation', CONSTRAINT = 'limit_perOrganization';
    END IF;
  END IF;
  appended := append_ledger_row(new_content, personal);
  PERFORM project_launch_row(appended, agent);
  RETURN appended;
END
$$;
--> statement-breakpoint
-- What a replica of the version before calls: no limits, but the rules in force all the same.
CREATE OR REPLACE FUNCTION claim_launch(new_content text, personal jsonb, rivals jsonb) RETURNS ledger
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT claim_launch(new_content, personal, rivals, '{}')
$$;
--> statement-breakpoint
CREATE INDEX launches_of_organization ON launches (organization_id, requested_at) WHERE organization_id IS NOT NULL;
