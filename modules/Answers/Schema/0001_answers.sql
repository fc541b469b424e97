-- How far the facts are folded, and by which version of the folding; one row, of id 1.
CREATE TABLE answers_cursor (
    id BIGINT NOT NULL PRIMARY KEY,
    fold_version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    -- No fact after that position counts as earlier than this.
    reached_ms BIGINT NOT NULL
);

-- A moment that was asked about when nothing had happened after it: whatever is placed after the position counts as later. Kept for ever, also when the facts are folded anew.
CREATE TABLE answers_pins (
    after_position BIGINT NOT NULL PRIMARY KEY,
    floor_ms BIGINT NOT NULL
);

-- Which model a name stood for; a model is known by the position of the fact that named it first, so that it stays itself when it is renamed.
CREATE TABLE answers_names (
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    model BIGINT NOT NULL,
    from_position BIGINT NOT NULL,
    to_position BIGINT NOT NULL,
    PRIMARY KEY (workspace, name, to_position)
);

-- What was so from a position (inclusive) to a position (exclusive; the greatest BIGINT while it holds).
CREATE TABLE answers_intervals (
    workspace TEXT NOT NULL,
    -- 0 = of the whole workspace.
    model BIGINT NOT NULL,
    to_position BIGINT NOT NULL,
    subject TEXT NOT NULL,
    field TEXT NOT NULL,
    from_position BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    -- The fact that said so, as JSON.
    value TEXT NOT NULL,
    digest TEXT,
    PRIMARY KEY (workspace, model, to_position, subject, field)
);

-- When something changed that an answer may speak of, in words.
CREATE TABLE answers_moments (
    position BIGINT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    model BIGINT NOT NULL,
    -- The name of the model at that moment; empty for the whole workspace.
    name TEXT NOT NULL,
    -- Rises with the position: the latest time told up to here.
    effective_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX answers_moments_time ON answers_moments (workspace, effective_ms, position);
CREATE INDEX answers_moments_position ON answers_moments (workspace, position);
CREATE INDEX answers_moments_model ON answers_moments (workspace, model, position);
