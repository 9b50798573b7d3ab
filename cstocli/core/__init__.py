"""Days, records and findings: what a dataset says."""
