-- What was made under a caller's Idempotency-Key, so that the same request sent again makes nothing twice; forgotten after a day.
CREATE TABLE kernel_idempotency (
    caller TEXT NOT NULL,
    workspace TEXT NOT NULL,
    action TEXT NOT NULL,
    key TEXT NOT NULL,
    -- SHA-256 of the request: another request under the same key is refused.
    request TEXT NOT NULL,
    made TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (caller, workspace, action, key)
);
CREATE INDEX kernel_idempotency_age ON kernel_idempotency (at_ms);
