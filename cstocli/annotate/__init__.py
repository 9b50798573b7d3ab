"""Membership joined to rows: each row keeps its place and gets columns."""
