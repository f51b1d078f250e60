"""What this machine offers every room: what its kernel can withhold from a child process."""
