"""What this machine offers every room: its clipboard, and what its kernel can withhold."""
