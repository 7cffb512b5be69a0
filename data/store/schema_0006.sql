-- Of several sheets that were read as one: the sheet that a problem and a row are in.
ALTER TABLE problems ADD COLUMN sheet VARCHAR DEFAULT '';
ALTER TABLE problem_rows ADD COLUMN sheet VARCHAR DEFAULT '';
