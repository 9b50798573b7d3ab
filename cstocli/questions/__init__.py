"""The questions: pure functions of a dataset and values. None loads, prints or reads a clock."""
