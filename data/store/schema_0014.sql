-- The day on which an import's file was exported, where it says so, and the day of which it is at
-- least, by what it says or by its newest row.
ALTER TABLE imports ADD COLUMN exported DATE;
ALTER TABLE imports ADD COLUMN made_on DATE;
