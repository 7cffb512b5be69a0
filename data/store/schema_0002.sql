-- Plans with versions, scenarios, and what the user says of each stage.
CREATE SEQUENCE plan_version_ids;
CREATE TABLE plan_versions (
    plan_version_id BIGINT PRIMARY KEY,
    metric VARCHAR NOT NULL,
    month DATE NOT NULL,
    name VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR NOT NULL
);
ALTER TABLE plan_targets ADD COLUMN plan_version_id BIGINT;

CREATE SEQUENCE scenario_ids;
CREATE TABLE scenarios (
    scenario_id BIGINT PRIMARY KEY,
    name VARCHAR NOT NULL,
    month DATE NOT NULL,
    scope VARCHAR NOT NULL,
    drivers VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR NOT NULL
);

CREATE TABLE stages (stage VARCHAR PRIMARY KEY, place BIGINT NOT NULL, status VARCHAR NOT NULL);
