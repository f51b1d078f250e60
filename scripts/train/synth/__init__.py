"""The synthetic training texts: hand-written templates, filled, varied and roughened."""
