"""Which place a paragraph speaks for: the gazetteer, names in texts, attribution."""
