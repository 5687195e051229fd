CREATE TABLE negotiation (
    id         TEXT NOT NULL PRIMARY KEY,
    role       INTEGER NOT NULL,
    peer       TEXT NOT NULL,
    peer_pid   TEXT,
    state      INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    body       BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX negotiation_peer_pid ON negotiation (peer, role, peer_pid) WHERE peer_pid IS NOT NULL;
CREATE INDEX negotiation_position ON negotiation (position);

CREATE TABLE agreement (
    id         TEXT NOT NULL PRIMARY KEY,
    peer       TEXT NOT NULL,
    in_force   INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    body       BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_position ON agreement (position);
CREATE INDEX agreement_in_force ON agreement (id) WHERE in_force = 1;

CREATE TABLE transfer (
    id           TEXT NOT NULL PRIMARY KEY,
    role         INTEGER NOT NULL,
    peer         TEXT NOT NULL,
    peer_pid     TEXT,
    agreement_id TEXT NOT NULL,
    live         INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    body         BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX transfer_peer_pid ON transfer (peer, role, peer_pid) WHERE peer_pid IS NOT NULL;
CREATE INDEX transfer_position ON transfer (position);
CREATE INDEX transfer_live ON transfer (agreement_id) WHERE live = 1;

CREATE TABLE effect (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT NOT NULL UNIQUE,
    body     BLOB NOT NULL
) STRICT;

CREATE TABLE evidence (
    sequence      INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    peer          TEXT NOT NULL,
    payload       TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash          BLOB NOT NULL,
    signature     BLOB NOT NULL
) STRICT;

CREATE TABLE evidence_head (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    sequence  INTEGER NOT NULL,
    hash      BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE document (
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    text       TEXT NOT NULL,
    folder     TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
