-- The claim of before there were limits: whoever could call it could begin a launch beyond them.
DROP FUNCTION claim_launch(text, jsonb, jsonb);
--> statement-breakpoint
-- Gives the new head where a version came into force, so that it is noted outside the database as every other is.
DROP FUNCTION claim_policy(text, boolean, text);
--> statement-breakpoint
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
