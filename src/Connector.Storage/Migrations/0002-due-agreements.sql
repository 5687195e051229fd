ALTER TABLE agreement ADD COLUMN due INTEGER;
UPDATE agreement SET due = 0, body = CAST(json_set(CAST(body AS TEXT), '$.ChangesAt', '0001-01-01T00:00:00+00:00') AS BLOB) WHERE in_force = 1;
CREATE INDEX agreement_due ON agreement (due, id) WHERE in_force = 1 AND due IS NOT NULL;
CREATE INDEX agreement_of_peer ON agreement (peer, id) WHERE in_force = 1;
