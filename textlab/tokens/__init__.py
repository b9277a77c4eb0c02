"""Paragraphs to tokens, occurrences of lexicon terms, and counts."""
