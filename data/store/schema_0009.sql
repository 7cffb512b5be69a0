-- What one or more units of a currency are worth in the reporting currency, from a month on.
CREATE TABLE exchange_rates (
    base VARCHAR NOT NULL,
    currency VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    units BIGINT NOT NULL,
    rate DECIMAL(18, 8) NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (base, currency, first_day)
);

-- The rate of one unit for every day. Rates that were entered for another reporting currency are
-- used the other way round, or across it, where none were entered for this one.
CREATE VIEW rate_days AS
WITH entered AS (
    SELECT base, currency, first_day, rate / units AS rate, 0 AS way FROM exchange_rates
),
known AS (
    SELECT base, currency, first_day, rate, way FROM entered
    UNION ALL
    SELECT currency, base, first_day, 1 / rate, 1 FROM entered
    UNION ALL
    SELECT other.currency, this.currency, first_day, this.rate / other.rate, 2
    FROM entered AS this JOIN entered AS other USING (base, first_day)
    WHERE this.currency <> other.currency
),
nearest AS (
    SELECT base, currency, first_day, any_value(rate) AS rate, way FROM known
    GROUP BY base, currency, first_day, way
    QUALIFY way = min(way) OVER (PARTITION BY base, currency)
)
SELECT base, currency, first_day,
       CAST(coalesce(lead(first_day) OVER (PARTITION BY base, currency ORDER BY first_day) - 1,
                     DATE '9999-12-31') AS DATE) AS last_day,
       CAST(rate AS DECIMAL(18, 8)) AS rate
FROM nearest;
