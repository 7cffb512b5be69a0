-- Closed deals that the user said were deleted in the CRM: a newer export should have had them.
-- They count no more from that import on, until a later one brings them again.
CREATE TABLE gone_deals (
    import_id BIGINT NOT NULL,
    deal_id VARCHAR NOT NULL
);
