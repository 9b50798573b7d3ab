"""From answers to what is written: tables, formats, pictures."""
