-- The first schema. Frozen: every later change is a new numbered file.
-- Times are ISO 8601 in UTC, amounts integer đồng, "seal" is the SHA-256 of the row's other columns.

-- One row per proposal: what a list shows, taken from its current version at every save.
CREATE TABLE proposals (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
    number INTEGER NOT NULL,
    form TEXT NOT NULL,
    call TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    title TEXT NOT NULL,
    proposer_name TEXT NOT NULL,
    total INTEGER,
    state_budget INTEGER,
    counterpart INTEGER,
    search TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    trashed_at TEXT,
    control_code TEXT CHECK (control_code <> ''),
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    FOREIGN KEY (id, number) REFERENCES versions (proposal_id, number)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- The history: every kept version with its whole content as JSON.
CREATE TABLE versions (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    proposal_id TEXT NOT NULL REFERENCES proposals (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number >= 1),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    origin TEXT NOT NULL CHECK (origin IN ('edit', 'import')),
    session TEXT NOT NULL,
    started_at TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    body BLOB NOT NULL,
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    UNIQUE (proposal_id, number)
) STRICT;

CREATE INDEX versions_by_digest ON versions (digest);

-- Revisions frozen for signature: at most one version of each revision.
CREATE TABLE frozen (
    version_id TEXT NOT NULL PRIMARY KEY REFERENCES versions (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    control_code TEXT NOT NULL CHECK (control_code <> ''),
    frozen_at TEXT NOT NULL,
    reason TEXT,
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    UNIQUE (proposal_id, revision)
) STRICT;

CREATE TRIGGER frozen_versions_never_change BEFORE UPDATE ON versions
WHEN EXISTS (SELECT 1 FROM frozen WHERE version_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'a frozen version never changes');
END;

CREATE TRIGGER frozen_records_never_change BEFORE UPDATE ON frozen
BEGIN
    SELECT RAISE(ABORT, 'a frozen record never changes');
END;

-- Files that belong to a proposal; their content lies in content/<sha256> beside the store.
CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    role TEXT NOT NULL CHECK (role <> ''),
    original_name TEXT NOT NULL CHECK (original_name <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size >= 0),
    added_at TEXT NOT NULL,
    removed_at TEXT,
    seal TEXT NOT NULL CHECK (length(seal) = 64)
) STRICT;

CREATE INDEX attachments_by_proposal ON attachments (proposal_id);

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
    body TEXT NOT NULL,
    seal TEXT NOT NULL CHECK (length(seal) = 64)
) STRICT;
