"""Answer which days and months are compared: calendar, season, phasing, fiscal year, as-of."""
