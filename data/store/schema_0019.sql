-- The department that records name beside a rep, with the first and last day of it in an import.
-- Where no list of people has a rep's team, it is the team.
CREATE TABLE departments (
    import_id BIGINT NOT NULL,
    rep VARCHAR NOT NULL,
    department VARCHAR NOT NULL,
    team VARCHAR NOT NULL,
    region VARCHAR,
    first_day DATE,
    last_day DATE
);
-- What the standing imports say together: a row for each stay in a team.
CREATE TABLE department_stays (
    rep VARCHAR NOT NULL,
    team VARCHAR NOT NULL,
    region VARCHAR,
    from_date DATE
);
-- Everybody with a team: as the lists of people have them, else as the departments say.
CREATE VIEW people AS
  SELECT
    listed.rep, coalesce(listed.team, said.team) AS team, listed.manager,
    coalesce(
      listed.region, said.region,
      (SELECT arg_max(region, coalesce(from_date, DATE '0001-01-01')) FROM department_stays AS last
       WHERE last.rep = listed.rep)
    ) AS region, listed.level, listed.role, listed.hire_date,
    coalesce(listed.from_date, said.from_date) AS from_date, listed.left_date, listed.skills,
    listed.capacity, listed.leave
  FROM reps AS listed LEFT JOIN department_stays AS said ON said.rep = listed.rep
    AND said.rep NOT IN (
      SELECT rep FROM reps WHERE rep IS NOT NULL AND (team IS NOT NULL OR from_date IS NOT NULL)
    )
  UNION ALL SELECT
    rep, team, NULL, region, NULL, NULL, NULL, from_date, NULL, NULL, NULL, NULL
  FROM department_stays
  WHERE rep NOT IN (SELECT rep FROM reps WHERE rep IS NOT NULL);
