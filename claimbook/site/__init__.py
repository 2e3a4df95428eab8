"""The report as pages, tables and data."""
