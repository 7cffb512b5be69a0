-- Orders that the user said were deleted in the source: those that a newer export of their days
-- should have had. They count no more from that import on, until a later one brings them again.
CREATE TABLE gone_orders (
    import_id BIGINT NOT NULL,
    order_id VARCHAR NOT NULL
);
