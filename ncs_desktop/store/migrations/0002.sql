-- The officer's desk: what came in, what became of it, how it ranks, and who did what.
-- Frozen: every later change is a new numbered file.

-- One row per file received: in a letter or a zip each file inside is one, "input_sha256" names the
-- whole as it came. "content" is the kept whole in content/<sha256>, NULL where nothing was usable.
CREATE TABLE receipts (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    call TEXT NOT NULL CHECK (call <> ''),
    input_sha256 TEXT NOT NULL CHECK (length(input_sha256) = 64),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL CHECK (name <> ''),
    channel TEXT NOT NULL CHECK (channel IN ('email', 'paper', 'usb', 'other')),
    received_at TEXT,
    imported_at TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('new', 'updated', 'same', 'rejected')),
    remarks TEXT NOT NULL,
    proposals TEXT NOT NULL,
    reviewed_at TEXT,
    content TEXT CHECK (length(content) = 64),
    seal TEXT NOT NULL CHECK (length(seal) = 64)
) STRICT;

CREATE INDEX receipts_by_input ON receipts (call, input_sha256);

-- One row per proposal of a call. "place" and "council_place" only tell the order; the rank is
-- counted. "number" is the version that counts, "settled" the last one a person has looked at.
CREATE TABLE desk_entries (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    call TEXT NOT NULL CHECK (call <> ''),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    settled INTEGER NOT NULL CHECK (settled >= 1),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    status TEXT NOT NULL CHECK (status IN ('new', 'needs_supplement', 'passed', 'failed')),
    status_reason TEXT NOT NULL,
    place INTEGER NOT NULL,
    rank_reason TEXT NOT NULL,
    council_place INTEGER,
    council_reason TEXT NOT NULL,
    decisions TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('email', 'paper', 'usb', 'other')),
    received_at TEXT,
    title TEXT NOT NULL,
    proposer_name TEXT NOT NULL,
    lead_organization TEXT NOT NULL,
    task_kind TEXT NOT NULL,
    total INTEGER,
    state_budget INTEGER,
    counterpart INTEGER,
    search TEXT NOT NULL,
    findings TEXT NOT NULL,
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    UNIQUE (call, proposal_id),
    FOREIGN KEY (proposal_id, number) REFERENCES versions (proposal_id, number)
) STRICT;

CREATE INDEX desk_entries_by_place ON desk_entries (call, place);
CREATE INDEX desk_entries_by_council_place ON desk_entries (call, council_place);
CREATE INDEX desk_entries_by_proposal ON desk_entries (proposal_id);

-- Requests for supplement as they were sent, and what the officer said of each point since.
CREATE TABLE supplement_requests (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    call TEXT NOT NULL CHECK (call <> ''),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    asked_at TEXT NOT NULL,
    body TEXT NOT NULL,
    verdicts TEXT NOT NULL,
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    FOREIGN KEY (proposal_id, number) REFERENCES versions (proposal_id, number)
) STRICT;

CREATE INDEX supplement_requests_by_proposal ON supplement_requests (proposal_id);

-- What was done at the desk. Rows are only ever added; "previous" is the seal of the row before.
CREATE TABLE audit (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action <> ''),
    call TEXT NOT NULL,
    subject TEXT NOT NULL,
    why TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    seal TEXT NOT NULL CHECK (length(seal) = 64)
) STRICT;

CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit)
    OR NEW.previous <> coalesce((SELECT seal FROM audit ORDER BY number DESC LIMIT 1),
                                '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is added to at its end');
END;

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail never changes');
END;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is never shortened');
END;
