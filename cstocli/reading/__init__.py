"""From what people have to what is asked: dates, names, codes, files."""
