-- A Merkle tree over the rows (RFC 6962), beside the chain. The leaf at position n is the hashed text of row n + 1.
-- Only complete subtrees are kept, and the database computes each from the rows: whoever may fill the tree cannot
-- choose what is in it. Nothing here is part of an append.
CREATE TABLE ledger_tree (
  level integer NOT NULL,
  position bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (level, position)
);
--> statement-breakpoint
-- Signed checkpoints of the tree, to be served. What the signer goes by is kept outside this database.
CREATE TABLE checkpoints (
  size bigint PRIMARY KEY,
  note text NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
-- Fills the tree up to a number of rows, at most 10,000 at a time. Gives how many rows are in it then.
CREATE FUNCTION advance_tree(up_to bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  filled bigint;
  target bigint;
  lower_level integer := 0;
  first_new bigint;
  end_new bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7310571835020515);
  SELECT COALESCE(max(position) + 1, 0) INTO filled FROM ledger_tree WHERE level = 0;
  SELECT LEAST(up_to, filled + 10000, COALESCE(max(seq), 0)) INTO target FROM ledger;
  IF target <= filled THEN
    RETURN filled;
  END IF;
  INSERT INTO ledger_tree (level, position, hash)
  SELECT 0, seq - 1, sha256('\x00'::bytea || convert_to(
    hash_version || E'\n' || seq || E'\n' || recorded_at || E'\n' || previous_hash || E'\n' || content, 'UTF8'))
  FROM ledger WHERE seq > filled AND seq <= target;
  first_new := filled / 2;
  end_new := target / 2;
  WHILE end_new > 0 LOOP
    INSERT INTO ledger_tree (level, position, hash)
    SELECT lower_level + 1, left_node.position / 2, sha256('\x01'::bytea || left_node.hash || right_node.hash)
    FROM ledger_tree left_node JOIN ledger_tree right_node
      ON right_node.level = left_node.level AND right_node.position = left_node.position + 1
    WHERE left_node.level = lower_level AND left_node.position % 2 = 0
      AND left_node.position >= first_new * 2 AND left_node.position < end_new * 2;
    lower_level := lower_level + 1;
    first_new := first_new / 2;
    end_new := end_new / 2;
  END LOOP;
  RETURN target;
END
$$;
--> statement-breakpoint
-- Keeps a signed checkpoint that is newer than every other; anything else is left out.
CREATE FUNCTION claim_checkpoint(tree_size bigint, signed_note text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO checkpoints (size, note)
  SELECT tree_size, signed_note
  WHERE tree_size > COALESCE((SELECT max(size) FROM checkpoints), 0)
    AND tree_size <= (SELECT max(seq) FROM ledger)
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$$;
