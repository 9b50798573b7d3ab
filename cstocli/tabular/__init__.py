"""Files of typed columns: Stata, SPSS, Excel, Parquet and Feather, read and written."""
