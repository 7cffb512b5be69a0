"""Answer why a month came out as it did: bridges, causes, return on spend, ranking."""
