"""How fast the app is, beside other ways of doing the same: see `benchmarks.run`."""
