-- What an import has taken off the amounts of its orders, as their own file says it was given back:
-- a list of returns that has the same does not take it off again.
CREATE TABLE refunds_off (
    import_id BIGINT NOT NULL,
    order_id VARCHAR NOT NULL,
    amount DECIMAL(18, 4) NOT NULL
);
