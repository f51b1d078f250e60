"""PDF files: the glyphs of findings deleted, tokens written in their place, the file made anew."""
