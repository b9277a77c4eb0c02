"""Files to documents: encodings, formats, the manifest."""
