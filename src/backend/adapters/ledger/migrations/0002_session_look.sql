-- The look for sessions in the tenant's log: until when a launch's token can have been redeemed, what the tenant
-- said last about its session, and which process does the work that is done once for a database.
ALTER TABLE launches
  ADD COLUMN redeemable_until timestamptz,
  ADD COLUMN tenant_session text;
--> statement-breakpoint
CREATE INDEX launches_redeemable ON launches (redeemable_until) WHERE redeemable_until IS NOT NULL;
--> statement-breakpoint
CREATE INDEX launches_of_session ON launches (session_id) WHERE session_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX launches_by_place ON launches (agent_id, target_app_id, state, requested_at);
--> statement-breakpoint
CREATE TABLE duties (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  held_until timestamptz NOT NULL
);
--> statement-breakpoint
-- Carries a launch on, as before. A look is only ever extended, until `lookOver` ends it.
CREATE OR REPLACE FUNCTION advance_launch(
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
    confirmed_by = COALESCE(changes ->> 'confirmedBy', confirmed_by),
    ambiguous = COALESCE((changes ->> 'ambiguous')::boolean, ambiguous),
    tenant_session = COALESCE(changes ->> 'tenantSession', tenant_session),
    redeemable_until = COALESCE((changes ->> 'redeemableUntil')::timestamptz, redeemable_until),
    look_due_until = CASE WHEN changes ? 'lookOver' THEN LEAST(look_due_until, clock_timestamp())
      ELSE GREATEST(look_due_until, (changes ->> 'lookDueUntil')::timestamptz) END
  WHERE id = launch_id AND transitions ? state;
  IF FOUND THEN
    RETURN NEXT append_ledger_row(new_content, '[]');
  END IF;
END
$$;
--> statement-breakpoint
-- Begins a launch and ends its rivals: the open launches with the same agent, address, customer, app and
-- organization. `rivals` has the customer, the address, the open states, the text that stands for a rival's
-- id, and the steps to take with each, of which the one that its state allows is taken. It is NULL for a
-- refused launch. Fails on launches_pkey when the id is taken, and then ends nothing.
CREATE FUNCTION claim_launch(
  new_content text, personal jsonb, launch_id uuid, agent text, first_state text,
  target_app text, organization text, refusal_code text, rivals jsonb
) RETURNS ledger LANGUAGE plpgsql AS $$
DECLARE
  rival uuid;
  step jsonb;
BEGIN
  IF rivals IS NOT NULL THEN
    -- The chain's own lock: of two claims at the same time, the second sees the first.
    PERFORM pg_advisory_xact_lock(7310571835020513);
    FOR rival IN
      SELECT other.id FROM launches other JOIN ledger_personal known ON known.seq = other.first_seq
      WHERE other.agent_id = agent AND other.target_app_id = target_app
        AND other.state IN (SELECT jsonb_array_elements_text(rivals -> 'states'))
        AND other.requested_at > clock_timestamp() - interval '1 day'
        AND other.organization_id IS NOT DISTINCT FROM organization
        AND COALESCE(other.session_ends_at > clock_timestamp(), true)
        AND known.fields @> (rivals -> 'customer') AND known.fields @> (rivals -> 'address')
      ORDER BY other.first_seq
    LOOP
      FOR step IN SELECT jsonb_array_elements(rivals -> 'steps') LOOP
        PERFORM advance_launch(
          replace(step ->> 'content', rivals ->> 'placeholder', rival::text),
          rival, step -> 'transitions', step -> 'changes');
      END LOOP;
    END LOOP;
  END IF;
  RETURN claim_launch(new_content, personal, launch_id, agent, first_state, target_app, organization, refusal_code);
END
$$;
