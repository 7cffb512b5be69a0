-- What came with nobody there: each sheet and what became of it, so that what waits for a person
-- is told on the page and survives a restart. Before a file is read there is one row for it, with
-- the state "arrived". `kept` names its copy in the inbox, which can be opened and answered.
CREATE TABLE arrivals (
    job_id VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    upload VARCHAR NOT NULL,
    kept VARCHAR,
    as_of DATE,
    file VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    table_name VARCHAR,
    system VARCHAR,
    state VARCHAR NOT NULL,
    import_id BIGINT,
    error VARCHAR,
    questions VARCHAR NOT NULL,
    arrived_at TIMESTAMP NOT NULL,
    dismissed_at TIMESTAMP
);
