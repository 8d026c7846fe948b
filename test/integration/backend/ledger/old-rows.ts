/** Chains all rows anew, as only whoever owns the database can, so that the ledger is intact after what was done to it. */
const RECHAIN = String.raw`DO $$
DECLARE
  each bigint;
  before text := repeat('0', 64);
BEGIN
  FOR each IN SELECT seq FROM ledger ORDER BY seq LOOP
    UPDATE ledger SET previous_hash = before, hash = encode(sha256(convert_to(hash_version || E'\n' || seq || E'\n'
      || recorded_at || E'\n' || before || E'\n' || content, 'UTF8')), 'hex')
    WHERE seq = each RETURNING hash INTO before;
  END LOOP;
END
$$`;

/** Dates the first rows, the launches that they began and all requests for erasures so far to 1 January 2020. */
export const aged = (rows: number): string => `
  UPDATE erasures SET requested_at = '2020-01-01T00:00:00Z', confirmed_at = confirmed_at - (requested_at - '2020-01-01T00:00:00Z');
  UPDATE launches SET requested_at = '2020-01-01T00:00:00Z' WHERE first_seq <= ${rows};
  UPDATE ledger SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq <= ${rows};
  ${RECHAIN}`;

/** Makes the first row one of format 1, which has the agent's id in its text instead of a commitment to it. */
export const AS_FORMAT_1 = `
  UPDATE ledger SET hash_version = 1,
    content = '{"agentId":"auth0|agent",' || substr(regexp_replace(content, '"agentId":"[0-9a-f]{64}",', ''), 2)
  WHERE seq = 1;
  WITH before AS (DELETE FROM ledger_personal WHERE seq = 1 RETURNING fields)
  INSERT INTO ledger_personal (seq, fields)
  SELECT 1, jsonb_agg(value) FROM before, jsonb_array_elements(fields) AS value WHERE value ->> 'field' <> 'agentId'`;

/** Adds 1,001 rows with a personal value each. */
export const MORE_ROWS = `
  INSERT INTO ledger (seq, hash_version, recorded_at, content, previous_hash, hash)
  SELECT (SELECT max(seq) FROM ledger) + number, 2, '', '{"type":"own_session","commitments":{"agentId":"' || repeat('0', 64) || '"}}', '', ''
  FROM generate_series(1, 1001) AS number;
  INSERT INTO ledger_personal (seq, fields)
  SELECT seq, '[{"field":"agentId","salt":"00","value":"auth0|agent"}]' FROM ledger WHERE recorded_at = ''`;
