"""Text made comparable and text made harmless; every offset is a Unicode code point."""
