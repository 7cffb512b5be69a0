-- Records that an import has and that its system does not count: void, deleted, not in force. Where
-- an older export brought one of these as good, it counts no more.
CREATE TABLE withdrawn (
    import_id BIGINT NOT NULL,
    table_name VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    amount DECIMAL(18, 4)
);
