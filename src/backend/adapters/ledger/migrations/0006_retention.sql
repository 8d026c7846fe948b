-- Retention also erases the people and the customer in old requests for erasures, which the table kept beside the rows
-- for ever; an old request that nobody confirmed can no longer be confirmed. And it leaves the agent's id of a launch that
-- began with a row of format 1: the id stands in the row's text, so verification reported the launch as changed.
CREATE OR REPLACE FUNCTION erase_before(cutoff timestamptz, new_content text) RETURNS TABLE (head_seq bigint, head_hash text, erased_values bigint)
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
  UPDATE erasures SET customer_id = NULL, requested_by = '(erased)'
  WHERE requested_at < cutoff AND requested_by <> '(erased)';
  UPDATE erasures SET confirmed_by = '(erased)'
  WHERE confirmed_at < cutoff AND confirmed_by <> '(erased)';
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
  FROM jsonb_array_elements(doomed) AS item
  WHERE launches.first_seq = (item ->> 'seq')::bigint AND (item -> 'fields') ? 'agentId';
  RETURN QUERY SELECT appended.seq, appended.hash,
    (SELECT sum(jsonb_array_length(item -> 'fields')) FROM jsonb_array_elements(doomed) AS item);
END
$$;
