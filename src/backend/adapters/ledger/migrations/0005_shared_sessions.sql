-- Finds the launches that a session of the tenant was recorded for as one of several that can have made it.
CREATE INDEX ledger_shared_sessions ON ledger (((content::jsonb) ->> 'sessionId'))
  WHERE (content::jsonb) ? 'ambiguous';
