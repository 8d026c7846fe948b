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
