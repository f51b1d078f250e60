"""Word, Excel and PowerPoint files: packages of XML parts, rebuilt from allow-lists."""
