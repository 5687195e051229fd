-- Bodies of some 2 kB took an overflow page of 4 kB each, written whole with every change; in tables with rowids two of them share a page.
-- A position is the rowid itself, and the writer gives out those of effects too.
DROP INDEX negotiation_position;
DROP INDEX negotiation_peer_pid;
ALTER TABLE negotiation RENAME TO negotiation_before;
CREATE TABLE negotiation (
    position   INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    role       INTEGER NOT NULL,
    peer       TEXT NOT NULL,
    peer_pid   TEXT,
    state      INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    body       BLOB NOT NULL
) STRICT;
INSERT INTO negotiation (position, id, role, peer, peer_pid, state, version, body)
    SELECT position, id, role, peer, peer_pid, state, version, body FROM negotiation_before ORDER BY position;
DROP TABLE negotiation_before;
CREATE UNIQUE INDEX negotiation_peer_pid ON negotiation (peer, role, peer_pid) WHERE peer_pid IS NOT NULL;

DROP INDEX agreement_position;
DROP INDEX agreement_in_force;
DROP INDEX agreement_due;
DROP INDEX agreement_of_peer;
ALTER TABLE agreement RENAME TO agreement_before;
CREATE TABLE agreement (
    position   INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    peer       TEXT NOT NULL,
    in_force   INTEGER NOT NULL,
    due        INTEGER,
    version    INTEGER NOT NULL,
    body       BLOB NOT NULL
) STRICT;
INSERT INTO agreement (position, id, peer, in_force, due, version, body)
    SELECT position, id, peer, in_force, due, version, body FROM agreement_before ORDER BY position;
DROP TABLE agreement_before;
CREATE INDEX agreement_in_force ON agreement (id) WHERE in_force = 1;
CREATE INDEX agreement_due ON agreement (due, id) WHERE in_force = 1 AND due IS NOT NULL;
CREATE INDEX agreement_of_peer ON agreement (peer, id) WHERE in_force = 1;

DROP INDEX transfer_position;
DROP INDEX transfer_peer_pid;
DROP INDEX transfer_live;
ALTER TABLE transfer RENAME TO transfer_before;
CREATE TABLE transfer (
    position     INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    role         INTEGER NOT NULL,
    peer         TEXT NOT NULL,
    peer_pid     TEXT,
    agreement_id TEXT NOT NULL,
    live         INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    body         BLOB NOT NULL
) STRICT;
INSERT INTO transfer (position, id, role, peer, peer_pid, agreement_id, live, version, body)
    SELECT position, id, role, peer, peer_pid, agreement_id, live, version, body FROM transfer_before ORDER BY position;
DROP TABLE transfer_before;
CREATE UNIQUE INDEX transfer_peer_pid ON transfer (peer, role, peer_pid) WHERE peer_pid IS NOT NULL;
CREATE INDEX transfer_live ON transfer (agreement_id) WHERE live = 1;

ALTER TABLE effect RENAME TO effect_before;
CREATE TABLE effect (
    position INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    body     BLOB NOT NULL
) STRICT;
INSERT INTO effect (position, id, body) SELECT position, id, body FROM effect_before ORDER BY position;
DROP TABLE effect_before;
