-- Begins a launch and ends its rivals, as before. They are looked for among the customer's launches: an agent may have
-- thousands that are open, and looking through those made each launch slower than the one before.
CREATE INDEX launches_of_first_row ON launches (first_seq);
--> statement-breakpoint
DROP INDEX launches_by_place;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION claim_launch(new_content text, personal jsonb, rivals jsonb) RETURNS ledger
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
