"""Corpora, model, training and export of the name tagger."""
