"""Compute what the numbers mean: one question a module, without reading files or drawing."""
