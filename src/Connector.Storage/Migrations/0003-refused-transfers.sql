CREATE TABLE refused_transfer (
    position     INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    peer         TEXT NOT NULL,
    consumer_pid TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    body         BLOB NOT NULL
) STRICT;
CREATE INDEX refused_transfer_consumer_pid ON refused_transfer (consumer_pid);
CREATE INDEX refused_transfer_agreement ON refused_transfer (agreement_id, position);
