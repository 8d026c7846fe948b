-- An id is taken for good by the row that begins a launch, whatever becomes of the table of launches.
CREATE UNIQUE INDEX ledger_launch_ids ON ledger (((content::jsonb) ->> 'launchId'))
  WHERE (content::jsonb) ->> 'type' IN ('launch_requested', 'launch_refused');
