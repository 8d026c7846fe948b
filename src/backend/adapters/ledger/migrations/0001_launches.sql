-- Where each launch stands now, derived from its rows in the statements that append them.
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
  code text,
  -- Who saw it land, what its confirmation rests on, and whether the tenant's log is ambiguous about it.
  landed_by text,
  confirmed_by text,
  ambiguous boolean,
  -- Until when the tenant's log is searched for a session of it.
  look_due_until timestamptz,
  -- Until when its token can have been redeemed.
  redeemable_until timestamptz,
  -- What the tenant said last about its session.
  tenant_session text,
  -- The number of the row that these columns are as of.
  last_seq bigint
);
--> statement-breakpoint
CREATE INDEX launches_of_agent ON launches (agent_id, requested_at DESC);
--> statement-breakpoint
CREATE INDEX launches_looked_for ON launches (look_due_until) WHERE look_due_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX launches_redeemable ON launches (redeemable_until) WHERE redeemable_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX launches_of_session ON launches (session_id) WHERE session_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX launches_of_first_row ON launches (first_seq);
--> statement-breakpoint
CREATE INDEX launches_of_organization ON launches (organization_id, requested_at) WHERE organization_id IS NOT NULL;
--> statement-breakpoint
-- Which row carries a launch on from which state to which.
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
-- Which version of the company's rules was in force from when: the last one is in force. A replica that decides by
-- another one is behind.
CREATE TABLE policy_versions (
  number bigint PRIMARY KEY,
  hash text NOT NULL,
  adopted_at timestamptz NOT NULL
);
--> statement-breakpoint
-- Says whether a replica's rules are those in force. Rules that were never in force come into force; rules that were
-- are an old version, unless somebody changed them back on purpose. What comes into force is a row of the ledger, whose
-- number and hash are given, to be noted outside the database as every head is.
CREATE FUNCTION claim_policy(new_hash text, is_deliberate boolean, new_content text)
RETURNS TABLE (agreed boolean, head_seq bigint, head_hash text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  body jsonb := new_content::jsonb;
  newest record;
  appended ledger;
BEGIN
  IF (body ->> 'type' = 'policy_adopted' AND body ->> 'policyHash' = new_hash) IS NOT TRUE THEN
    RAISE EXCEPTION 'This row is of another version.' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM lock_chain();
  SELECT number, hash INTO newest FROM policy_versions ORDER BY number DESC LIMIT 1;
  IF newest.hash = new_hash THEN
    RETURN QUERY SELECT true, NULL::bigint, NULL::text;
    RETURN;
  END IF;
  IF NOT is_deliberate AND EXISTS (SELECT FROM policy_versions WHERE hash = new_hash) THEN
    RETURN QUERY SELECT false, NULL::bigint, NULL::text;
    RETURN;
  END IF;
  INSERT INTO policy_versions (number, hash, adopted_at)
  VALUES (COALESCE(newest.number, 0) + 1, new_hash, clock_timestamp());
  appended := append_ledger_row(new_content, '[]');
  RETURN QUERY SELECT true, appended.seq, appended.hash;
END
$$;
--> statement-breakpoint
-- Whether a launch of this state and end counts as one that is there: one whose token is being asked for does.
CREATE FUNCTION is_open_launch(state text, session_ends_at timestamptz, open_states jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT open_states ? state AND COALESCE(session_ends_at > clock_timestamp(), true)
$$;
--> statement-breakpoint
-- Begins a launch by the rules in force and under the company's limits, and ends its rivals: the open launches with the
-- same agent, address, customer, app and organization. `rivals` has the customer, the address, the open states, the text
-- that stands for a rival's id, and the rows to append for each, of which the one that its state allows is appended. It is
-- NULL for a refused launch. `limits` has any of perHour, active, perCustomer and perOrganization; a launch that this one
-- takes the place of counts against none of them. Fails on launches_pkey or ledger_launch_ids when the id is taken, on
-- limit_<name> or on policy_behind, and then ends nothing.
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
      -- They are looked for among the customer's launches, for an agent may have thousands that are open.
      -- OFFSET 0 keeps the planner, which knows nothing of a young database, from beginning with the agent's launches.
      SELECT other.id FROM ledger_customers theirs
        CROSS JOIN LATERAL (SELECT * FROM launches WHERE launches.first_seq = theirs.seq OFFSET 0) other
        JOIN ledger_personal known ON known.seq = theirs.seq
      WHERE theirs.customer_id = rivals -> 'customer' -> 0 ->> 'value'
        AND other.agent_id = agent AND other.target_app_id = body ->> 'targetAppId'
        AND rivals -> 'states' ? other.state
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
-- Which process does the work that is done once for a database.
CREATE TABLE duties (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  held_until timestamptz NOT NULL
);
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
